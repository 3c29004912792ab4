import { fileURLToPath } from 'node:url'
import { createHistory } from '#domain/conversations'
import { createKeyRing, findOrCreateUser, type KeyRing, updateUser } from '#domain/identity'
import { type Catalogue, createCatalogue, loadPersonas, publishPersonas } from '#domain/personas'
import {
  ACCEPT_LIMITS,
  acceptInGroups,
  beginConversation,
  createAnnounce,
  createReceiver,
  type SettleDeps,
} from '#domain/replies'
import { createLocalLive } from '#platform/live'
import { createVault, type Vault } from '#platform/vault'
import { testDatabase } from './database.ts'
import { type Scope, wholeFile } from './scope.ts'
import { silentLog } from './silent-log.ts'

const PERSONAS = fileURLToPath(new URL('../../personas', import.meta.url))
const WELCOME_WEB = { basic: 10, pro: 0, cassandra: 0 }
const WELCOME = { basic: 50, pro: 5, cassandra: 3 }

export type Rooms = Awaited<ReturnType<typeof openRooms>>

/** The rooms of the domain on a database of their own, without processes, network or model. */
export async function openRooms(scope: Scope = wholeFile) {
  const { db, pool } = await testDatabase(scope)
  const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
  const keyRing = createKeyRing({ vault, db })
  const history = createHistory({ vault, keys: keyRing })
  const live = createLocalLive({ log: silentLog })
  const announce = createAnnounce(live)
  const files = await loadPersonas(PERSONAS)
  await db.transaction().execute((tx) => publishPersonas(tx, files))
  const settle: SettleDeps = { db, history, channels: new Map(), announce }
  const catalogue = createCatalogue(files)
  const accept = acceptInGroups(pool, ACCEPT_LIMITS)
  return {
    db,
    pool,
    vault,
    keyRing,
    history,
    live,
    settle,
    catalogue,
    accept,
    receive: createReceiver({ accept, vault, keys: keyRing, announce, welcome: WELCOME }),
    ...peopleIn({ db, vault, keyRing, settle, catalogue }),
  }
}

/** Ways to fill the rooms with people and talks. */
function peopleIn({
  db,
  vault,
  keyRing,
  settle,
  catalogue,
}: {
  db: SettleDeps['db']
  vault: Vault
  keyRing: KeyRing
  settle: SettleDeps
  catalogue: Catalogue
}) {
  let made = 0
  return { newPerson, newReader, begin }

  /** A person of age with an identity on Telegram, as known from an earlier visit. */
  async function newPerson(): Promise<{ userId: string; telegramId: string }> {
    made += 1
    const telegramId = String(100_000 + made)
    const identity = {
      provider: 'telegram',
      externalId: telegramId,
      channel: 'telegram',
      displayName: 'Н',
      locale: 'ru',
    } as const
    const options = { vault, keyRing, welcome: WELCOME, reachability: 'reachable' } as const
    const { userId } = await findOrCreateUser(db, identity, options)
    await updateUser(db, userId, { adult: true })
    return { userId, telegramId }
  }

  /** A person of age who signed in by mail. */
  async function newReader(): Promise<string> {
    made += 1
    const externalId = `reader${made}@example.org`
    const identity = { provider: 'email', externalId, channel: 'web', displayName: externalId, locale: 'ru' } as const
    const { userId } = await findOrCreateUser(db, identity, { vault, keyRing, welcome: WELCOME_WEB })
    await updateUser(db, userId, { adult: true })
    return userId
  }

  /** Begins a talk on the site; gives its id. */
  async function begin(userId: string, personaId: string, storyId?: string): Promise<string> {
    const begun = await beginConversation(
      { ...settle, catalogue },
      { userId, personaId, storyId, interface: 'browser' },
    )
    if ('absent' in begun) throw new Error(`there is no ${begun.absent} to begin with`)
    return begun.conversation.id
  }
}
