import { QUERY_TOO_OLD } from '../callbacks.ts'
import { writableChat } from '../chat.ts'
import { postMessage } from '../deeds/post-message.ts'
import { flag, integer, isRecord, list, type Params, text } from '../params.ts'
import { type Invoice, invoiceLink, STARS, SUBSCRIPTION_PERIOD_SECONDS } from '../payments.ts'
import { badRequest } from '../refusal.ts'
import type { Method } from './method.ts'
import { readFrame } from './send-message.ts'

const TITLE_MAX_LENGTH = 32
const DESCRIPTION_MAX_LENGTH = 255
const PAYLOAD_MAX_BYTES = 128
const SUBSCRIPTION_MAX_STARS = 10_000

/** Bot API sendInvoice; without a keyboard of its own the message gets one pay button. */
export const sendInvoice: Method = (world, params) => {
  const chat = writableChat(world.chats, integer(params, 'chat_id'))
  const invoice = world.payments.addInvoice(readInvoice(params))
  const frame = readFrame(chat, params)
  const payButton = { text: `Pay ⭐️${invoice.stars}`, pay: true }
  const message = postMessage(world, chat, 'bot', {
    invoice: {
      title: invoice.title,
      description: invoice.description,
      start_parameter: text(params, 'start_parameter') ?? '',
      currency: STARS,
      total_amount: invoice.stars,
    },
    ...frame,
    reply_markup: frame.reply_markup ?? { inline_keyboard: [[payButton]] },
  })
  world.payments.ofMessage.set(message.wire.message_id, invoice.slug)
  return message.wire
}

/** Bot API createInvoiceLink: the only way to a subscription. */
export const createInvoiceLink: Method = (world, params) => {
  const period = integer(params, 'subscription_period')
  if (period !== undefined && period !== 0 && period !== SUBSCRIPTION_PERIOD_SECONDS) {
    throw badRequest('SUBSCRIPTION_PERIOD_INVALID')
  }
  const invoice = readInvoice(params)
  if (period && invoice.stars > SUBSCRIPTION_MAX_STARS) throw badRequest('STARS_INVOICE_INVALID')
  return invoiceLink(
    world.payments.addInvoice({ ...invoice, ...(period ? { subscriptionPeriodSeconds: period } : {}) }),
  )
}

/** Bot API answerPreCheckoutQuery: within 10 s of the question, once. */
export const answerPreCheckoutQuery: Method = (world, params) => {
  const open = world.payments.preCheckouts.get(text(params, 'pre_checkout_query_id') ?? '')
  if (!open || open.answer || open.expiresMs <= world.now()) throw badRequest(QUERY_TOO_OLD)
  const ok = flag(params, 'ok')
  const errorMessage = text(params, 'error_message')
  if (!ok && !errorMessage) throw badRequest('error_message must be non-empty')
  open.answer = { ok, ...(errorMessage ? { errorMessage } : {}) }
  world.signals.emit({ kind: 'call' })
  return true
}

function readInvoice(params: Params): Omit<Invoice, 'slug'> {
  const title = within(text(params, 'title'), TITLE_MAX_LENGTH, 'title')
  const description = within(text(params, 'description'), DESCRIPTION_MAX_LENGTH, 'description')
  const payload = text(params, 'payload') ?? ''
  const payloadBytes = Buffer.byteLength(payload)
  if (payloadBytes < 1 || payloadBytes > PAYLOAD_MAX_BYTES) throw badRequest('INVOICE_PAYLOAD_INVALID')
  if (text(params, 'currency') !== STARS) throw badRequest('CURRENCY_INVALID')
  if (text(params, 'provider_token')) throw badRequest('PAYMENT_PROVIDER_INVALID')
  const prices = list(params, 'prices') ?? []
  const price = prices[0]
  if (prices.length !== 1 || !isRecord(price) || !price.label) throw badRequest('STARS_INVOICE_INVALID')
  const stars = Number(price.amount)
  if (!Number.isSafeInteger(stars) || stars < 1) throw badRequest('STARS_INVOICE_INVALID')
  const photoUrl = text(params, 'photo_url')
  return { title, description, payload, stars, ...(photoUrl ? { photoUrl } : {}) }
}

function within(value: string | undefined, maxLength: number, name: string): string {
  if (!value || value.length > maxLength) throw badRequest(`INVOICE_${name.toUpperCase()}_INVALID`)
  return value
}
