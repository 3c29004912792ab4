import type { Kysely, Transaction } from 'kysely'
import { recordAudit } from '#domain/audit'
import { type KeyRing, lockUser, type OnDamage, openOrTell } from '#domain/identity'
import { newId } from '#platform/ids'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import {
  closeRow,
  countOpen,
  findRequest,
  insertRequest,
  type RequestState,
  readRequests,
  requestsOfUser,
  type SealedRequest,
  writeAnswer,
} from './request-store.ts'

const TEXT_MAX_LENGTH = 2_000
const REQUESTS_OPEN_MAX = 3

export interface SupportDeps {
  db: Kysely<Database>
  vault: Vault
  keys: KeyRing
  /** Owes the chat of a request the notice `support_answered` with its id, in the transaction. The user is locked. */
  tell(tx: Transaction<Database>, to: { userId: string; address: string; requestId: string }): Promise<void>
  /** Something is owed, and it is committed. */
  owed(): void
  /** A request does not open. */
  onDamage?: OnDamage
}

/** A request in the clear, for operators. */
export interface SupportRequest {
  id: string
  userId: string
  /** Empty when it does not open. */
  text: string
  answer: string | null
  damaged?: true
  state: RequestState
  /** ISO 8601. */
  createdAt: string
  answeredAt: string | null
  closedAt: string | null
}

export type OpenedRequest = { requestId: string } | { refused: 'empty' | 'too_long' | 'too_many_open' }

/** Requests about payments, with their texts in the clear on this side. */
export interface Support {
  /** The longest text of a request or an answer, in UTF-16 units. */
  textMaxLength: number
  /** How many requests of one person may wait for an answer. */
  openMax: number
  /** Opens a request from a chat. Takes the user's row lock. */
  openRequest(tx: Executor, wish: { userId: string; address: string; text: string }): Promise<OpenedRequest>
  /** Oldest first; `after`: the id of the last one seen. That an operator has read them is audited. */
  list(page: { operatorId: string; state: RequestState; after: string | null; limit: number }): Promise<{
    requests: SupportRequest[]
    hasMore: boolean
  }>
  /** Writes the answer (a later one takes the place of an earlier one) and owes it to the chat; audited. */
  answer(answer: { requestId: string; operatorId: string; text: string }): Promise<'answered' | 'absent' | 'closed'>
  /** Ends a request, answered or not; audited. False when there is none. */
  close(at: { requestId: string; operatorId: string }): Promise<boolean>
  /** What was asked and answered, for the chat of its owner; null when it is somebody else's or has no answer. */
  answerOf(userId: string, requestId: string): Promise<{ text: string; answer: string } | null>
  /** All that somebody ever asked, oldest first. */
  requestsOf(userId: string): Promise<SupportRequest[]>
}

export function createSupport(deps: SupportDeps): Support {
  const { db, vault, keys } = deps
  return {
    textMaxLength: TEXT_MAX_LENGTH,
    openMax: REQUESTS_OPEN_MAX,
    openRequest: (tx, wish) => openRequest(deps, tx, wish),
    async list({ operatorId, state, after, limit }) {
      await recordAudit(db, { kind: 'support_read', userId: operatorId, details: { state, after } })
      const sealed = await readRequests(db, { state, after, limit })
      const requests: SupportRequest[] = []
      for (const request of sealed.slice(0, limit)) requests.push(await unseal(request))
      return { requests, hasMore: sealed.length > limit }
    },
    async answer({ requestId, operatorId, text }) {
      const outcome = await inTransaction(db, (tx) => answerRequest(deps, tx, { requestId, operatorId, text }))
      if (outcome === 'answered') deps.owed()
      return outcome
    },
    close: ({ requestId, operatorId }) =>
      inTransaction(db, async (tx) => {
        if (!(await closeRow(tx, requestId))) return false
        await recordAudit(tx, { kind: 'support_closed', userId: operatorId, details: { requestId } })
        return true
      }),
    async answerOf(userId, requestId) {
      const sealed = await findRequest(db, requestId)
      if (sealed?.userId !== userId || !sealed.sealedAnswer) return null
      const { text, answer, damaged } = await unseal(sealed)
      return damaged ? null : { text, answer: answer ?? '' }
    },
    async requestsOf(userId) {
      const requests: SupportRequest[] = []
      for (const sealed of await requestsOfUser(db, userId)) requests.push(await unseal(sealed))
      return requests
    },
  }

  async function unseal(sealed: SealedRequest): Promise<SupportRequest> {
    const { id, userId } = sealed
    const opened = await openOrTell(
      { table: 'support_requests', id, userId },
      deps.onDamage ?? (() => {}),
      async () => {
        const key = await keys.byId(userId, vault.keyIdOf(sealed.sealedText))
        const answer = sealed.sealedAnswer && vault.open(key, answerPlace(id), sealed.sealedAnswer)
        return { text: vault.open(key, textPlace(id), sealed.sealedText), answer }
      },
    )
    return {
      id,
      userId,
      ...(opened ?? { text: '', answer: null, damaged: true as const }),
      state: sealed.state,
      createdAt: sealed.createdAt.toISOString(),
      answeredAt: sealed.answeredAt?.toISOString() ?? null,
      closedAt: sealed.closedAt?.toISOString() ?? null,
    }
  }
}

async function openRequest(
  { vault, keys }: SupportDeps,
  tx: Executor,
  { userId, address, text: typed }: { userId: string; address: string; text: string },
): Promise<OpenedRequest> {
  const text = typed.trim()
  if (text === '') return { refused: 'empty' }
  if (text.length > TEXT_MAX_LENGTH) return { refused: 'too_long' }
  const user = await lockUser(tx, userId)
  if (!user) throw new Error('a request of nobody')
  if ((await countOpen(tx, user.id)) >= REQUESTS_OPEN_MAX) return { refused: 'too_many_open' }
  const id = newId()
  const key = keys.remember(user.id, user.keyId, user.wrappedKey)
  await insertRequest(tx, { id, userId: user.id, address, sealedText: vault.seal(key, textPlace(id), text) })
  return { requestId: id }
}

/** Sealed by the key of the request: an undo takes both along. */
async function answerRequest(
  { vault, keys, tell }: SupportDeps,
  tx: Transaction<Database>,
  { requestId, operatorId, text }: { requestId: string; operatorId: string; text: string },
): Promise<'answered' | 'absent' | 'closed'> {
  const asRead = await findRequest(tx, requestId)
  const user = asRead && (await lockUser(tx, asRead.userId))
  const request = user && (await findRequest(tx, requestId))
  if (!user || request?.userId !== user.id) return 'absent'
  if (request.state === 'closed') return 'closed'
  const key = await keys.byId(user.id, vault.keyIdOf(request.sealedText))
  await writeAnswer(tx, requestId, vault.seal(key, answerPlace(requestId), text))
  await recordAudit(tx, { kind: 'support_answered', userId: operatorId, details: { requestId } })
  await tell(tx, { userId: user.id, address: request.address, requestId })
  return 'answered'
}

function textPlace(id: string) {
  return { table: 'support_requests', id }
}

function answerPlace(id: string) {
  return { table: 'support_answers', id }
}
