import { randomInt } from 'node:crypto'
import { type Charge, type Invoice, PRE_CHECKOUT_ANSWER_MS, type PreCheckoutAnswer, STARS } from '../payments.ts'
import { asUser, type Person } from '../person.ts'
import { waitFor } from '../wait-for.ts'
import { chatOf, type World } from '../world.ts'
import { postMessage } from './post-message.ts'

export type PaymentResult = { status: 'paid'; charge: Charge } | { status: 'failed'; reason: string }

/**
 * The person pays with Stars: asks the bot first (`pre_checkout_query`), and only after its yes within 10 s is charged
 * and tells it (`message.successful_payment`).
 */
export async function payInvoice(world: World, personId: number, slugOrLink: string): Promise<PaymentResult> {
  const invoice = world.payments.findInvoice(slugOrLink)
  if (!invoice) return { status: 'failed', reason: 'INVOICE_INVALID' }
  const { person } = chatOf(world, personId)
  const answer = await askBot(world, person, invoice)
  if (!answer) return { status: 'failed', reason: 'BOT_PRECHECKOUT_TIMEOUT' }
  if (!answer.ok) return { status: 'failed', reason: answer.errorMessage ?? 'BOT_PRECHECKOUT_FAILED' }
  return { status: 'paid', charge: charge(world, person, invoice) }
}

async function askBot(world: World, person: Person, invoice: Invoice): Promise<PreCheckoutAnswer | null> {
  const id = `${randomInt(1e9, 9e9)}${randomInt(1e8, 9e8)}`
  const open: { expiresMs: number; answer?: PreCheckoutAnswer } = { expiresMs: world.now() + PRE_CHECKOUT_ANSWER_MS }
  world.payments.preCheckouts.set(id, open)
  const query = {
    id,
    from: asUser(person),
    currency: STARS,
    total_amount: invoice.stars,
    invoice_payload: invoice.payload,
  }
  world.updates.push({ pre_checkout_query: query }, person.id)
  const settled = () => open.answer ?? (world.now() >= open.expiresMs ? 'too late' : null)
  const answer = await waitFor(
    world.signals,
    settled,
    'the answer to the pre-checkout query',
    PRE_CHECKOUT_ANSWER_MS * 2,
  )
  return answer === 'too late' ? null : answer
}

/** Takes the Stars and tells the bot. With a subscription the charge is its first one, or a renewal. */
export function charge(world: World, person: Person, invoice: Invoice, renewalOf?: string): Charge {
  const paidAtSeconds = world.nowSeconds()
  const period = invoice.subscriptionPeriodSeconds
  const subscription = period
    ? {
        id: renewalOf ?? `sub${randomInt(1e9, 9e9)}`,
        expiresAtSeconds: paidAtSeconds + period,
        first: renewalOf === undefined,
      }
    : undefined
  const made = world.payments.addCharge({ person, invoice, paidAtSeconds, ...(subscription ? { subscription } : {}) })
  if (subscription) {
    const { id, expiresAtSeconds } = subscription
    world.payments.subscriptions.set(id, { id, person, invoice, renewing: true, stopped: false, expiresAtSeconds })
  }
  const message = postMessage(world, chatOf(world, person.id), 'person', {
    successful_payment: {
      currency: STARS,
      total_amount: invoice.stars,
      invoice_payload: invoice.payload,
      telegram_payment_charge_id: made.id,
      provider_payment_charge_id: `${person.id}_${made.id.slice(-8)}`,
      ...(subscription
        ? {
            subscription_expiration_date: subscription.expiresAtSeconds,
            is_recurring: true as const,
            ...(subscription.first ? { is_first_recurring: true as const } : {}),
          }
        : {}),
    },
  })
  world.updates.push({ message: message.wire }, person.id)
  return made
}
