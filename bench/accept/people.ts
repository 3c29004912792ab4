import type pg from 'pg'
import { newId } from '#platform/ids'
import { createVault, type Vault } from '#platform/vault'

/** Enough that two messages in flight are rarely of one user. */
export const PEOPLE = 5_000
export const PERSONA = 'bench'
export const NAME = 'Bench'
export const TEXT = 'Привет! Как прошёл день, и что было в нём самым тёплым?'
/** More than any run spends. */
const CREDITS = 1_000_000

/** What grows with each message. */
const GROWING = ['messages', 'receipts', 'turns', 'ledger_transfers', 'deliveries', 'delivery_attempts']

export interface People {
  vault: Vault
  /** All of them seal with one key, so that pgbench can name it without looking it up. */
  keyId: string
  sealedText: Buffer
}

/** Users with a Telegram identity, an active conversation and credits: who writes for the hundredth time. */
export async function makePeople(pool: pg.Pool): Promise<People> {
  const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
  const key = vault.newDataKey()
  const ids = Array.from({ length: PEOPLE }, newId)
  await pool.query(
    `INSERT INTO personas (id, current_version, price_type, price_amount) VALUES ('${PERSONA}', 1, 'basic', 1)`,
  )
  await pool.query('INSERT INTO user_keys (id, user_id, wrapped_key) VALUES ($1, $2, $3)', [
    key.id,
    ids[0],
    key.wrapped,
  ])
  await pool.query(
    `INSERT INTO users (id, display_name, locale, adult_confirmed_at, key_id)
     SELECT id, '${NAME}', 'ru', now(), $2 FROM unnest($1::uuid[]) AS id`,
    [ids, key.id],
  )
  await pool.query(
    `INSERT INTO identities (user_id, provider, external_id, channel, display_name, reachability)
     SELECT id, 'telegram', n::text, 'telegram', '${NAME}', 'reachable' FROM unnest($1::uuid[]) WITH ORDINALITY AS p(id, n)`,
    [ids],
  )
  await pool.query(
    `INSERT INTO conversations (user_id, id, persona_id, persona_version, status)
     SELECT id, gen_random_uuid(), '${PERSONA}', 1, 'active' FROM unnest($1::uuid[]) AS id`,
    [ids],
  )
  await pool.query(
    `INSERT INTO credit_balances (user_id, type, available) SELECT id, 'basic', ${CREDITS} FROM unnest($1::uuid[]) AS id`,
    [ids],
  )
  await pool.query('VACUUM ANALYZE')
  return { vault, keyId: key.id, sealedText: vault.seal(key, { table: 'messages', id: newId() }, TEXT) }
}

/** Back to the same start for every slice. */
export async function forgetMessages(pool: pg.Pool): Promise<void> {
  await pool.query(`TRUNCATE ${GROWING.join(', ')}`)
  await pool.query('VACUUM users, credit_balances')
  await pool.query('CHECKPOINT')
}
