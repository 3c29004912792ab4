import type pg from 'pg'

const FILL_AT_ONCE = 5_000
const ID = `lpad(to_hex(n), 32, '0')::uuid`

/** The person with this number, and their session; ids are made of the number, so that nobody has to be told them. */
export function userAt(index: number): { userId: string; sessionId: string } {
  const hex = (index + 1).toString(16).padStart(32, '0')
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return { userId: id, sessionId: id }
}

/** People who have signed in on the site, and have said nothing yet. */
export async function makeReaders(pool: pg.Pool, count: number): Promise<void> {
  for (let from = 1; from <= count; from += FILL_AT_ONCE) {
    const range = [from, Math.min(from + FILL_AT_ONCE - 1, count)]
    const people = `(SELECT n, ${ID} AS id FROM generate_series($1::integer, $2::integer) AS n) AS p`
    await pool.query(`INSERT INTO users (id, locale, key_id) SELECT id, 'ru', id FROM ${people}`, range)
    await pool.query(
      `INSERT INTO sessions (id, user_id, token_hash, interface, expires_at)
       SELECT id, id, int4send(n), 'browser', now() + interval '1 day' FROM ${people}`,
      range,
    )
  }
}
