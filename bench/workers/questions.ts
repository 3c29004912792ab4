import { randomUUID } from 'node:crypto'
import { createKeyRing } from '#domain/identity'
import { acceptInGroups, createAnnounce, createReceiver } from '#domain/replies'
import { newId } from '#platform/ids'
import { createLocalLive } from '#platform/live'
import type { DatabaseHandle } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { silentLog } from '../../test/harness/silent-log.ts'
import { MASTER_KEY } from '../../test/harness/vitte.ts'
import { BENCH_LIMITS } from '../accept/accept-script.ts'

const CREDITS = 1_000
const AT_ONCE = 32
const NAME = 'Bench'
const TEXT = 'Привет! Как прошёл день, и что было в нём самым тёплым?'
const WELCOME = { basic: 50, pro: 5, cassandra: 3 }
const vault = createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') })

/** Questions that wait, one in the chat of each person, until they are let go. */
export interface Questions {
  /** From now on any worker may answer them. */
  letGo(): Promise<void>
  /** How many answers have been sent. */
  sent(): Promise<number>
}

/** Accepts so many questions as the bot does, each of somebody new, and keeps them from the workers. */
export async function askQuestions(database: DatabaseHandle, count: number): Promise<Questions> {
  const chats = await settle(database, count)
  await accept(database, chats)
  const hold = `UPDATE turns SET due_at = now() + interval '1 day' WHERE address = ANY($1) AND due_at IS NOT NULL`
  await database.pool.query(hold, [chats])
  return {
    async letGo() {
      await database.pool.query('UPDATE turns SET due_at = now() WHERE address = ANY($1)', [chats])
    },
    async sent() {
      const { rows } = await database.pool.query(
        `SELECT count(*)::integer AS sent FROM deliveries WHERE state = 'sent' AND address = ANY($1)`,
        [chats],
      )
      return rows[0]?.sent ?? 0
    },
  }
}

/** People in the midst of a talk with a companion. Gives their chats. */
async function settle({ pool }: DatabaseHandle, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId)
  const keys = ids.map(() => vault.newDataKey())
  const { rows } = await pool.query('SELECT count(*)::integer AS known FROM users')
  const chats = ids.map((_, index) => String(rows[0]?.known + index + 1))
  await pool.query(
    `INSERT INTO user_keys (id, user_id, wrapped_key)
     SELECT id, user_id, key FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS k(id, user_id, key)`,
    [keys.map(({ id }) => id), ids, keys.map(({ wrapped }) => wrapped)],
  )
  await pool.query(
    `INSERT INTO users (id, display_name, locale, adult_confirmed_at, key_id)
     SELECT id, '${NAME}', 'ru', now(), key_id FROM unnest($1::uuid[], $2::uuid[]) AS u(id, key_id)`,
    [ids, keys.map(({ id }) => id)],
  )
  await pool.query(
    `INSERT INTO identities (user_id, provider, external_id, channel, display_name, reachability)
     SELECT id, 'telegram', chat, 'telegram', '${NAME}', 'reachable' FROM unnest($1::uuid[], $2::text[]) AS p(id, chat)`,
    [ids, chats],
  )
  await pool.query(
    `INSERT INTO conversations (user_id, id, persona_id, persona_version, status)
     SELECT u.id, gen_random_uuid(), p.id, p.current_version, 'active'
     FROM unnest($1::uuid[]) AS u(id), personas p WHERE p.id = 'arina'`,
    [ids],
  )
  await pool.query(
    `INSERT INTO credit_balances (user_id, type, available) SELECT id, 'basic', ${CREDITS} FROM unnest($1::uuid[]) AS id`,
    [ids],
  )
  await pool.query('VACUUM ANALYZE')
  return chats
}

async function accept(database: DatabaseHandle, chats: readonly string[]): Promise<void> {
  const live = createLocalLive({ log: silentLog })
  const receive = createReceiver({
    accept: acceptInGroups(database.pool, BENCH_LIMITS),
    vault,
    keys: createKeyRing({ vault, db: database.db }),
    announce: createAnnounce(live),
    welcome: WELCOME,
  })
  const left = [...chats]
  const write = async () => {
    for (let chat = left.pop(); chat !== undefined; chat = left.pop()) {
      const identity = {
        provider: 'telegram',
        externalId: chat,
        channel: 'telegram',
        displayName: NAME,
        locale: 'ru',
      } as const
      const { outcome } = await receive({
        source: 'bench',
        key: randomUUID(),
        sender: { identity },
        channel: 'telegram',
        interface: 'bot',
        contentType: 'text',
        text: TEXT,
        address: chat,
        sentAt: new Date(),
      })
      if (outcome !== 'accepted') throw new Error(`a message was ${outcome}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, write))
  await live.close()
}
