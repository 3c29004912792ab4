import type { Api } from 'grammy'
import type { Kysely } from 'kysely'
import { insertNotice } from '#domain/delivery'
import { type EstablishOptions, findOrCreateUser, lockUser, type ProvenIdentity } from '#domain/identity'
import { type Announce, type ReceiveMessage, receiveOnce, type SettleDeps } from '#domain/replies'
import type { Log } from '#platform/log'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Texts } from '#platform/texts'
import type { TelegramPerson } from './inbound-update.ts'

export interface BotDeps {
  db: Kysely<Database>
  api: Api
  /** Namespace of receipts: `telegram:<bot id>`. */
  source: string
  receive: ReceiveMessage
  settle: SettleDeps
  establish: Omit<EstablishOptions, 'reachability'>
  announce: Announce
  texts: Texts
  log: Log
}

/** A person in a private chat, known to the database and locked, in the transaction of one update. */
export interface Visit {
  tx: Executor
  userId: string
  address: string
  adult: boolean
}

/** Runs a deed once for this update, with the person found or made and locked. */
export async function visit(
  deps: BotDeps,
  update: { updateId: number; person: TelegramPerson },
  deed: (at: Visit) => Promise<void>,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const { userId } = await findOrCreateUser(tx, toIdentity(update.person), {
      ...deps.establish,
      reachability: 'reachable',
    })
    const user = await lockUser(tx, userId)
    if (!user) return
    if (!(await receiveOnce(tx, { userId: user.id, source: deps.source, key: String(update.updateId) }))) return
    await deed({ tx, userId: user.id, address: update.person.id, adult: user.adultConfirmedAt !== null })
  })
  deps.announce.wakeDeliveries()
}

/** Owes the person's chat a sentence. */
export async function say(
  { tx, userId, address }: Visit,
  key: string,
  args?: Record<string, string | number>,
): Promise<void> {
  const notice = args ? { key, args } : { key }
  await insertNotice(tx, { userId, channel: 'telegram', address, notice })
}

/** The identity that a messenger's update proves. */
export function toIdentity(person: TelegramPerson): ProvenIdentity {
  const { id, displayName, username, locale } = person
  return { provider: 'telegram', externalId: id, channel: 'telegram', displayName, username, locale }
}
