import type pg from 'pg'
import { newId } from '#platform/ids'
import { createVault } from '#platform/vault'
import { NAME, PERSONA, TEXT } from '../accept/people.ts'

/** One statement must not come near its time limit. */
const FILL_AT_ONCE = 20_000
/** Of ten people, how many are what the plan can find. The rest are to be written to. */
const KINDS = `CASE WHEN n % 10 < 4 THEN 'wrote' WHEN n % 10 = 4 THEN 'blocked' WHEN n % 10 = 5 THEN 'asleep'
  WHEN n % 10 = 6 THEN 'heard' ELSE 'ready' END`
const SPOKE_AT = `now() - CASE kind WHEN 'wrote' THEN interval '10 hours' ELSE interval '74 hours' END`
const ID = `lpad(to_hex(n), 32, '0')::uuid`

/** People with a chat, a talk and its last lines, all of them due to be looked at, in no order that a table has. */
export async function makeSilentPeople(pool: pg.Pool, people: number): Promise<void> {
  const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
  const key = vault.newDataKey()
  const sealed = vault.seal(key, { table: 'messages', id: newId() }, TEXT)
  await pool.query(
    `INSERT INTO personas (id, current_version, price_type, price_amount) VALUES ('${PERSONA}', 1, 'basic', 1)`,
  )
  for (let from = 1; from <= people; from += FILL_AT_ONCE) {
    await fill(pool, { keyId: key.id, sealed }, from, Math.min(from + FILL_AT_ONCE - 1, people))
  }
}

async function fill(
  pool: pg.Pool,
  { keyId, sealed }: { keyId: string; sealed: Buffer },
  from: number,
  to: number,
): Promise<void> {
  const people = `(SELECT n, ${ID} AS id, ${KINDS} AS kind FROM generate_series($1::integer, $2::integer) AS n) AS p`
  await pool.query(
    `INSERT INTO users (id, display_name, locale, timezone, adult_confirmed_at, key_id, proactive_enabled, quiet_hours, last_seq, spoke_at)
     SELECT id, '${NAME}', 'ru', CASE n % 3 WHEN 0 THEN 'Europe/Berlin' WHEN 1 THEN 'Asia/Novosibirsk' END, now(), $3, true,
       CASE kind WHEN 'asleep' THEN '00:00-23:59' ELSE 'none' END, 2, ${SPOKE_AT} FROM ${people}`,
    [from, to, keyId],
  )
  await pool.query(
    `INSERT INTO identities (user_id, provider, external_id, channel, display_name, reachability)
     SELECT id, 'telegram', n::text, 'telegram', '${NAME}', CASE kind WHEN 'blocked' THEN 'blocked' ELSE 'reachable' END
     FROM ${people}`,
    [from, to],
  )
  await pool.query(
    `INSERT INTO conversations (user_id, id, persona_id, persona_version, status)
     SELECT id, id, '${PERSONA}', 1, 'active' FROM ${people}`,
    [from, to],
  )
  await pool.query(
    `INSERT INTO messages (user_id, seq, id, conversation_id, role, channel, interface, content_type, sealed_text, created_at)
     SELECT id, seq, gen_random_uuid(), id, CASE seq WHEN 1 THEN 'user' ELSE 'assistant' END, 'telegram', 'bot', 'text', $3,
       ${SPOKE_AT}
     FROM ${people}, generate_series(1, 2) AS seq`,
    [from, to, sealed],
  )
  await pool.query(
    `INSERT INTO initiatives (user_id, kind, cause) SELECT id, 'campaign', 'bench' FROM ${people} WHERE kind = 'heard'`,
    [from, to],
  )
  await pool.query(
    `INSERT INTO engagements (user_id, silent_since, due_at)
     SELECT id, now() - interval '73 hours', now() - random() * interval '1 hour' FROM ${people}`,
    [from, to],
  )
}
