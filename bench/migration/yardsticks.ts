import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto'
import type pg from 'pg'

const KEY_BYTES = 32
const IV_BYTES = 12
const LENGTHS_AT_ONCE = 50_000

/** Tables of the same rows without an index. */
const EMPTY_COPIES = `
  DROP SCHEMA IF EXISTS copies CASCADE;
  CREATE SCHEMA copies;
  CREATE TABLE copies.profiles (LIKE public.profiles);
  CREATE TABLE copies.chat_messages (LIKE public.chat_messages);
  CREATE TABLE copies.user_credits (LIKE public.user_credits)`
/** As many indexes as ours have: of people by id and by each login, of lines by place and by id, of credits by owner. */
const STEPS = [
  'INSERT INTO copies.profiles SELECT * FROM public.profiles',
  'INSERT INTO copies.chat_messages SELECT * FROM public.chat_messages',
  'INSERT INTO copies.user_credits SELECT * FROM public.user_credits',
  'ALTER TABLE copies.profiles ADD PRIMARY KEY (id)',
  'CREATE INDEX ON copies.profiles (telegram_id)',
  'CREATE INDEX ON copies.profiles (email)',
  'CREATE INDEX ON copies.chat_messages (user_id, created_at, id)',
  'CREATE INDEX ON copies.chat_messages (user_id, id)',
  'ALTER TABLE copies.user_credits ADD PRIMARY KEY (user_id)',
]

/** Seconds that PostgreSQL takes for the same rows by itself: from one schema of a database into another, indexes after. */
export async function copyInside(client: pg.ClientBase): Promise<number> {
  await client.query(EMPTY_COPIES)
  await client.query('CHECKPOINT')
  const start = performance.now()
  for (const step of STEPS) await client.query(step)
  const seconds = (performance.now() - start) / 1_000
  await client.query('DROP SCHEMA copies CASCADE')
  return seconds
}

/** Seconds that one thread takes for AES-256-GCM alone, over texts as long as these are. */
export async function sealAll(client: pg.ClientBase): Promise<number> {
  const key = createSecretKey(randomBytes(KEY_BYTES))
  let seconds = 0
  await client.query('BEGIN')
  await client.query(
    'DECLARE lengths NO SCROLL CURSOR FOR SELECT octet_length(content) AS bytes FROM chat_messages WHERE content IS NOT NULL',
  )
  for (;;) {
    const { rows } = await client.query<{ bytes: number }>(`FETCH ${LENGTHS_AT_ONCE} FROM lengths`)
    if (rows.length === 0) break
    const longest = Buffer.alloc(
      rows.reduce((most, { bytes }) => Math.max(most, bytes), 0),
      'я',
    )
    const ivs = randomBytes(IV_BYTES * rows.length)
    const start = performance.now()
    for (const [index, { bytes }] of rows.entries()) {
      const cipher = createCipheriv('aes-256-gcm', key, ivs.subarray(index * IV_BYTES, (index + 1) * IV_BYTES))
      cipher.update(longest.subarray(0, bytes))
      cipher.final()
      cipher.getAuthTag()
    }
    seconds += (performance.now() - start) / 1_000
  }
  await client.query('COMMIT')
  return seconds
}
