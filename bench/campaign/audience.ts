import type pg from 'pg'
import { newId } from '#platform/ids'
import { createVault } from '#platform/vault'
import type { Sandbox } from '#sandbox'
import { MASTER_KEY } from '../../test/harness/vitte.ts'
import { waitFor } from '../../test/harness/wait-for.ts'

/** Chats that really are there: more than a bench sends to; the campaign goes through people in the order of their ids. */
const CHATS = 4_000
/** Telegram ids of those whose turn does not come. */
const ELSEWHERE_FROM = 7_000_000_000
const NAME = 'Bench'
const HEARD_MS = 120_000

/** So many who said yes, are of age and talk with Arina; all of them seal with one key. */
export async function makeAudience(pool: pg.Pool, { telegram }: Sandbox, people: number): Promise<void> {
  const vault = createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') })
  const key = vault.newDataKey()
  const ids = Array.from({ length: people }, newId).toSorted()
  const chats = ids.map((_, index) =>
    index < CHATS ? telegram.addPerson({ firstName: NAME }).id : ELSEWHERE_FROM + index,
  )
  await pool.query('INSERT INTO user_keys (id, user_id, wrapped_key) VALUES ($1, $2, $3)', [
    key.id,
    ids[0],
    key.wrapped,
  ])
  await pool.query(
    `INSERT INTO users (id, display_name, locale, adult_confirmed_at, key_id, proactive_enabled)
     SELECT id, '${NAME}', 'ru', now(), $2, true FROM unnest($1::uuid[]) AS id`,
    [ids, key.id],
  )
  await pool.query(
    `INSERT INTO identities (user_id, provider, external_id, channel, display_name, reachability)
     SELECT id, 'telegram', chat, 'telegram', '${NAME}', 'reachable' FROM unnest($1::uuid[], $2::text[]) AS p(id, chat)`,
    [ids, chats.map(String)],
  )
  await pool.query(
    `INSERT INTO conversations (user_id, id, persona_id, persona_version, status)
     SELECT u.id, gen_random_uuid(), p.id, p.current_version, 'active'
     FROM unnest($1::uuid[]) AS u(id), personas p WHERE p.id = 'arina'`,
    [ids],
  )
  for (const id of chats.slice(0, CHATS)) telegram.grantWriteAccess(id)
  await waitFor(() => telegram.pendingUpdates().length === 0, {
    deadlineMs: HEARD_MS,
    what: 'all that the bot is told',
  })
  await pool.query('VACUUM ANALYZE')
}
