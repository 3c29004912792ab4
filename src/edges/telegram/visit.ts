import type { Api } from 'grammy'
import type { Kysely } from 'kysely'
import { insertNotice, type Notice, waitingNotices } from '#domain/delivery'
import {
  type EstablishOptions,
  findIdentity,
  findOrCreateUser,
  type LegalVersions,
  lockUser,
  type ProvenIdentity,
} from '#domain/identity'
import type { LinkDeps, LinkNews } from '#domain/linking'
import type { Memory } from '#domain/memory'
import type { Payments } from '#domain/payments'
import type { Catalogue } from '#domain/personas'
import type { Reminders } from '#domain/proactive'
import { type Announce, type ReceiveMessage, receiveOnce, type SettleDeps } from '#domain/replies'
import type { Support } from '#domain/support'
import type { Log } from '#platform/log'
import { ChangedMeanwhileError, type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Presence } from '#platform/presence'
import type { Texts } from '#platform/texts'
import type { Vault } from '#platform/vault'
import type { TelegramPerson } from './inbound-update.ts'
import type { AwaitedQuestions } from './money/awaited-questions.ts'
import type { Views } from './views/create-views.ts'

/** A chat takes about one message a second: who asks faster than that is answered as much as fits into half a minute. */
const NOTICES_WAITING_MAX = 30

export interface BotDeps {
  db: Kysely<Database>
  api: Api
  /** Namespace of receipts: `telegram:<bot id>`. */
  source: string
  receive: ReceiveMessage
  settle: SettleDeps
  establish: Omit<EstablishOptions, 'reachability'>
  announce: Announce
  /** Pages are shown that the person is in the chat just now. */
  presence: Pick<Presence, 'seen'>
  linking: LinkDeps
  linkTtlSeconds: number
  /** Tells both sides, and their open pages, that a code joined them. */
  tellLinked: LinkNews['linked']
  catalogue: Catalogue
  memory: Memory
  reminders: Reminders
  payments: Payments
  support: Support
  /** Chats that were asked what went wrong with a payment. */
  questions: AwaitedQuestions
  /** What the chat is shown. */
  views: Views
  /** Buttons are sealed with it. */
  vault: Vault
  texts: Texts
  /** What is agreed to when somebody agrees. */
  legalVersions: LegalVersions
  log: Log
}

/** A person in a private chat, known to the database and locked, in the transaction of one update. */
export interface Visit {
  tx: Executor
  userId: string
  address: string
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
    // Until the lock the login might have been taken away, or gone elsewhere: then this is not that user's chat any more.
    const owner = await findIdentity(tx, 'telegram', update.person.id)
    if (owner?.userId !== user.id) throw new ChangedMeanwhileError('a login changed hands meanwhile')
    if (!(await receiveOnce(tx, { userId: user.id, source: deps.source, key: String(update.updateId) }))) return
    await deed({ tx, userId: user.id, address: update.person.id })
  })
  deps.announce.wakeDeliveries()
}

/** Whether the chat is owed so many sentences that it gets no more for now: nobody fills the queue by asking. */
export async function isOwedEnough({ tx, address }: Visit): Promise<boolean> {
  return (await waitingNotices(tx, { channel: 'telegram', address, max: NOTICES_WAITING_MAX })) >= NOTICES_WAITING_MAX
}

/** Owes the person's chat a sentence, unless it is owed enough already. */
export async function say(visited: Visit, key: string, args?: Record<string, string | number>): Promise<void> {
  const { tx, userId, address } = visited
  if (await isOwedEnough(visited)) return
  const notice = args ? { key, args } : { key }
  await insertNotice(tx, { userId, channel: 'telegram', address, notice })
}

/** Owes a chat a sentence outside of any visit, after a deed that had a transaction of its own. */
export async function tell(
  { db, announce }: Pick<BotDeps, 'db' | 'announce'>,
  { userId, address }: { userId: string; address: string },
  notice: Notice,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (user) await insertNotice(tx, { userId: user.id, channel: 'telegram', address, notice })
  })
  announce.wakeDeliveries()
}

/** The same once for this `key`, however often what led to it comes. */
export async function tellOnce(
  { db, announce, source }: Pick<BotDeps, 'db' | 'announce' | 'source'>,
  { userId, address, key }: { userId: string; address: string; key: string },
  notice: Notice,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user || !(await receiveOnce(tx, { userId: user.id, source, key }))) return
    // The login may be gone since: what is shown is for this user's own chat only.
    if ((await findIdentity(tx, 'telegram', address))?.userId !== user.id) return
    await insertNotice(tx, { userId: user.id, channel: 'telegram', address, notice })
  })
  announce.wakeDeliveries()
}

/** The identity that a messenger's update proves. */
export function toIdentity(person: TelegramPerson): ProvenIdentity {
  const { id, displayName, username, locale } = person
  return { provider: 'telegram', externalId: id, channel: 'telegram', displayName, username, locale }
}
