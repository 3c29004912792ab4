import type pg from 'pg'
import { newId } from '#platform/ids'
import type { Vault } from '#platform/vault'
import { NAME, PERSONA, TEXT } from '../accept/people.ts'

const TALKS = 100

/** A user with a history of this many lines, half of them questions that were answered and paid, as the site leaves them. */
export async function makeLongHistory(
  pool: pg.Pool,
  vault: Vault,
  { lines, provider }: { lines: number; provider: 'telegram' | 'email' },
): Promise<string> {
  const userId = newId()
  const key = vault.newDataKey()
  const channel = provider === 'telegram' ? 'telegram' : 'web'
  const sealed = vault.seal(key, { table: 'messages', id: newId() }, TEXT)
  await pool.query('INSERT INTO user_keys (id, user_id, wrapped_key) VALUES ($1, $2, $3)', [
    key.id,
    userId,
    key.wrapped,
  ])
  await pool.query(
    `INSERT INTO users (id, display_name, locale, adult_confirmed_at, key_id, last_seq) VALUES ($1, '${NAME}', 'ru', now(), $2, $3)`,
    [userId, key.id, lines],
  )
  await pool.query(
    `INSERT INTO identities (user_id, provider, external_id, channel, display_name) VALUES ($1::uuid, $2, $1::text, $3, '${NAME}')`,
    [userId, provider, channel],
  )
  await writeTalks(pool, { userId, lines, channel, sealed })
  await writeBooks(pool, userId)
  return userId
}

/** A line a minute, the older part of it in archived conversations; questions have odd numbers. */
async function writeTalks(
  pool: pg.Pool,
  { userId, lines, channel, sealed }: { userId: string; lines: number; channel: string; sealed: Buffer },
): Promise<void> {
  await pool.query(
    `INSERT INTO conversations (user_id, id, persona_id, persona_version, status, archived_at)
     SELECT $1, gen_random_uuid(), '${PERSONA}', 1, CASE n WHEN ${TALKS} THEN 'active' ELSE 'archived' END,
       CASE n WHEN ${TALKS} THEN NULL ELSE now() END
     FROM generate_series(1, ${TALKS}) AS n`,
    [userId],
  )
  await pool.query(
    `WITH talk AS (SELECT array_agg(id ORDER BY status = 'active') AS ids FROM conversations WHERE user_id = $1::uuid),
       asked AS MATERIALIZED (SELECT n, gen_random_uuid() AS turn_id FROM generate_series(1, $2::integer / 2) AS n)
     INSERT INTO messages (user_id, seq, id, conversation_id, turn_id, role, channel, interface, content_type, sealed_text, created_at)
     SELECT $1::uuid, 2 * n - 1 + side, gen_random_uuid(), ids[1 + (n - 1) * ${TALKS} / ($2::integer / 2)], turn_id,
       CASE side WHEN 0 THEN 'user' ELSE 'assistant' END, $3::text, 'browser', 'text', $4::bytea,
       now() - ($2::integer - 2 * n + 1 - side) * interval '1 minute'
     FROM asked, talk, generate_series(0, 1) AS side`,
    [userId, lines, channel, sealed],
  )
  await pool.query('ANALYZE messages')
  await pool.query(
    `INSERT INTO turns (id, user_id, conversation_id, message_id, message_seq, channel, interface, state, price_type, price_amount,
       reply_message_id, created_at, finished_at)
     SELECT q.turn_id, q.user_id, q.conversation_id, q.id, q.seq, q.channel, q.interface, 'done', 'basic', 1, r.id, q.created_at, r.created_at
     FROM messages q JOIN messages r ON r.user_id = q.user_id AND r.seq = q.seq + 1 WHERE q.user_id = $1 AND q.role = 'user'`,
    [userId],
  )
  await pool.query(
    `INSERT INTO receipts (user_id, source, key, body_hmac, outcome, message_id, turn_id)
     SELECT user_id, 'page', gen_random_uuid()::text, sha256(id::text::bytea), 'accepted', id, turn_id
     FROM messages WHERE user_id = $1 AND role = 'user'`,
    [userId],
  )
  await pool.query(
    `INSERT INTO deliveries (id, user_id, channel, interface, message_id, turn_id, purpose, state, finished_at)
     SELECT gen_random_uuid(), user_id, channel, interface, id, turn_id, 'reply', 'sent', created_at
     FROM messages WHERE user_id = $1 AND role = 'assistant'`,
    [userId],
  )
}

/** What each answer cost was granted first, set aside and paid; a little is left. */
async function writeBooks(pool: pg.Pool, userId: string): Promise<void> {
  const booked = `INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key, turn_id)`
  await pool.query(
    `${booked} SELECT $1::uuid, 'basic', count(*) + 10, 'house', 'available', 'welcome', 'welcome', NULL FROM messages WHERE user_id = $1`,
    [userId],
  )
  for (const [reason, from, to] of [
    ['hold', 'available', 'held'],
    ['capture', 'held', 'house'],
  ]) {
    await pool.query(
      `${booked} SELECT user_id, 'basic', 1, '${from}', '${to}', '${reason}', '${reason}:' || turn_id, turn_id
       FROM messages WHERE user_id = $1 AND role = 'user'`,
      [userId],
    )
  }
  await pool.query(
    `INSERT INTO credit_balances (user_id, type, available)
     SELECT user_id, 'basic', sum(CASE reason WHEN 'welcome' THEN amount WHEN 'hold' THEN -amount ELSE 0 END)
     FROM ledger_transfers WHERE user_id = $1 GROUP BY user_id`,
    [userId],
  )
}
