import type pg from 'pg'

/** What else lies in the table while a slice is measured. */
export interface Backlog {
  name: string
  rows: number
  /** When those rows are due: waiting behind others and later, or now like what is measured. */
  due: 'later' | 'now'
}

type Table = 'deliveries' | 'loop_deliveries'

/** More than a slice sends. */
const SUPPLY = 12_000
/** One statement must not come near its time limit. */
const FILL_AT_ONCE = 10_000

const NOW = `now() - n * interval '1 microsecond'`
/** Half of them behind another of their chat, half put off after a failure. */
const LATER = `CASE WHEN n % 2 = 0 THEN 'infinity'::timestamptz ELSE now() + interval '1 hour' + n * interval '1 ms' END`

/** Lays the backlog into an empty table, in chats of its own. */
export async function layBacklog(pool: pg.Pool, table: Table, { rows, due }: Backlog): Promise<void> {
  await pool.query(`TRUNCATE ${table} CASCADE`)
  await fill(pool, table, rows, due === 'now' ? NOW : LATER)
}

/** Forgets what was sent and adds what a slice sends, in new chats, so that every slice finds the same. */
export async function laySupply(pool: pg.Pool, table: Table): Promise<void> {
  await pool.query(`DELETE FROM ${table} WHERE due_at IS NULL OR state = 'sending'`)
  await fill(pool, table, SUPPLY, NOW)
  await pool.query(`VACUUM ANALYZE ${table}`)
  await pool.query('CHECKPOINT')
}

async function fill(pool: pg.Pool, table: Table, rows: number, due: string): Promise<void> {
  for (let from = 0; from < rows; from += FILL_AT_ONCE) {
    await pool.query(
      `INSERT INTO ${table} (id, user_id, channel, interface, address, message_id, turn_id, part_end, purpose, state, due_at)
       SELECT gen_random_uuid(), gen_random_uuid(), 'bench', 'bot', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
              10, 'reply', 'pending', ${due}
       FROM generate_series(1, $1::integer) AS n`,
      [Math.min(FILL_AT_ONCE, rows - from)],
    )
  }
}
