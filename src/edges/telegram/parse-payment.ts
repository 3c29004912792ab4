import type { BotSubscriptionUpdated, Message, PreCheckoutQuery, User } from 'grammy/types'
import { type Bill, type InboundUpdate, MalformedUpdate } from './inbound-update.ts'
import { anyPerson, clean, isUserId, timeOf } from './read-person.ts'

/** What PostgreSQL takes for an integer; no sum of Stars comes near it. */
const AMOUNT_MAX = 2 ** 31 - 1
/** Bot API sendInvoice: a payload has 1-128 bytes; what is longer is not ours. */
const PAYLOAD_MAX_LENGTH = 128
/** Charge ids have no length that is told; those seen have about a hundred characters. */
const ID_MAX_LENGTH = 256
const CURRENCY_MAX_LENGTH = 8
const STATES = ['canceled', 'active', 'failed'] as const

/** Somebody is about to pay (Bot API PreCheckoutQuery). */
export function parseCheckout(updateId: number, query: PreCheckoutQuery): InboundUpdate {
  const queryId = wordIn(query.id, ID_MAX_LENGTH, 'pre_checkout_query.id')
  if (typeof query.from !== 'object' || query.from === null) throw new MalformedUpdate('from')
  const person = anyPerson(query.from)
  return person ? { kind: 'checkout', updateId, person, queryId, bill: billOf(query) } : { kind: 'ignored' }
}

/** The service message of a payment or of its refund; null for any other message (Bot API Message). */
export function parseMoney(updateId: number, message: Message): InboundUpdate | null {
  const { successful_payment: paid, refunded_payment: refunded } = message
  const payment = paid ?? refunded
  if (payment === undefined) return null
  if (typeof payment !== 'object' || payment === null) throw new MalformedUpdate('payment')
  const told = {
    updateId,
    person: payerOf(message),
    chargeId: wordIn(payment.telegram_payment_charge_id, ID_MAX_LENGTH, 'telegram_payment_charge_id'),
    bill: billOf(payment),
  }
  if (!paid) return { kind: 'refunded', ...told }
  const { is_recurring: recurring, is_first_recurring: first, subscription_expiration_date: end } = paid
  const expiresAt = end === undefined ? null : timeOf(end, 'subscription_expiration_date')
  return { kind: 'paid', ...told, renewal: recurring === true ? { first: first === true, expiresAt } : null }
}

/** Somebody stopped or took up their subscription in Telegram, or could not pay for it (Bot API 10.2). */
export function parseSubscription(updateId: number, change: BotSubscriptionUpdated): InboundUpdate {
  const state = STATES.find((known) => known === change.state)
  // A state of tomorrow changes nothing that we know of.
  if (!state) return { kind: 'ignored' }
  const payload = payloadIn(change.invoice_payload)
  return { kind: 'subscription', updateId, person: { id: idOf(change.user, 'user.id') }, payload, state }
}

/** A private chat has the id of the person in it, whoever the service message names as its author (Bot API, Chat.id). */
function payerOf({ chat, from }: Message): { id: string } {
  if (typeof chat !== 'object' || chat === null) throw new MalformedUpdate('chat')
  return { id: chat.type === 'private' ? idOf(chat, 'chat.id') : idOf(from, 'from.id') }
}

function idOf(bearer: Pick<User, 'id'> | undefined, part: string): string {
  if (typeof bearer !== 'object' || bearer === null || !isUserId(bearer.id)) throw new MalformedUpdate(part)
  return String(bearer.id)
}

function billOf(told: { currency: string; total_amount: number; invoice_payload: string }): Bill {
  const { total_amount: totalAmount } = told
  if (!Number.isSafeInteger(totalAmount) || totalAmount < 1 || totalAmount > AMOUNT_MAX) {
    throw new MalformedUpdate('total_amount')
  }
  const currency = wordIn(told.currency, CURRENCY_MAX_LENGTH, 'currency')
  return { payload: payloadIn(told.invoice_payload), currency, totalAmount }
}

/** One that is cut is nobody's any more, and is parked as such. */
function payloadIn(payload: string): string {
  if (typeof payload !== 'string') throw new MalformedUpdate('invoice_payload')
  return clean(payload).slice(0, PAYLOAD_MAX_LENGTH)
}

function wordIn(word: string, maxLength: number, part: string): string {
  if (typeof word !== 'string' || word === '' || word.length > maxLength || clean(word) !== word) {
    throw new MalformedUpdate(part)
  }
  return word
}
