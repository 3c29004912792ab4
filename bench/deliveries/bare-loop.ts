import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Load } from './load.ts'

/** As much of `deliveries` as sending needs, with the one index that a queue cannot do without. */
const TABLES = `
  CREATE TABLE loop_deliveries (
    id uuid PRIMARY KEY, position bigint GENERATED ALWAYS AS IDENTITY, user_id uuid NOT NULL, channel text NOT NULL,
    interface text NOT NULL, address text, message_id uuid, turn_id uuid, part_end integer, purpose text NOT NULL,
    state text NOT NULL, attempts integer NOT NULL DEFAULT 0, external_id text, due_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(), finished_at timestamptz
  ) WITH (fillfactor = 80);
  CREATE INDEX ON loop_deliveries (due_at) WHERE due_at IS NOT NULL;
  CREATE TABLE loop_attempts (
    delivery_id uuid NOT NULL REFERENCES loop_deliveries (id) ON DELETE CASCADE, attempt integer NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(), finished_at timestamptz, outcome text,
    PRIMARY KEY (delivery_id, attempt)
  )`

const TAKE = `
  WITH due AS MATERIALIZED (
    SELECT id FROM loop_deliveries WHERE due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE loop_deliveries d SET state = 'sending', attempts = attempts + 1, due_at = now() + interval '20 s'
    FROM due WHERE d.id = due.id RETURNING d.id, d.attempts, d.address, d.message_id, d.part_end
  ), attempt AS (
    INSERT INTO loop_attempts (delivery_id, attempt) SELECT id, attempts FROM taken
  )
  SELECT * FROM taken`

const SETTLE = `
  WITH attempt AS (
    UPDATE loop_attempts SET outcome = 'sent', finished_at = clock_timestamp() WHERE delivery_id = $1 AND attempt = $2
  )
  UPDATE loop_deliveries SET state = 'sent', external_id = $3, due_at = NULL, finished_at = clock_timestamp()
  WHERE id = $1 AND attempts = $2`

export async function createTables(pool: pg.Pool): Promise<void> {
  await pool.query(TABLES)
}

/**
 * What one would write by hand: each worker takes the oldest due row together with its attempt, sends, and settles
 * both, two statements in all. No lanes, no heartbeats, no retries.
 */
export async function runBareLoop(pool: pg.Pool, { atOnce, sendMs, untilMs }: Load): Promise<number> {
  let sent = 0
  async function work(): Promise<void> {
    while (performance.now() < untilMs) {
      const { rows } = await pool.query({ name: 'loop.take', text: TAKE })
      const row = rows[0]
      if (!row) throw new Error('the bare loop ran out of deliveries')
      await sleep(sendMs)
      await pool.query({ name: 'loop.settle', text: SETTLE, values: [row.id, row.attempts, String(randomInt(1e9))] })
      sent += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return sent
}
