import type { Sandbox } from '#sandbox'
import { Person } from '../../harness/people.ts'
import type { Scope } from '../../harness/scope.ts'
import { waitFor } from '../../harness/wait-for.ts'
import type { Court } from '../endurance/court.ts'
import type { Purchase } from './script.ts'

/** Who answers 502 or 503 is asked again; a process that was killed is back within this time. */
const PATIENCE_MS = 120_000
const MAY_COME_BACK = [502, 503]
/** What is on its way is not known before it arrives. */
const NOT_YET = 404

type Update = ReturnType<Sandbox['telegram']['pendingUpdates']>[number]['update']

export interface Shop {
  url: string
  sandbox: Sandbox
  operator: Person
  court: Court
}

/** Somebody with a Telegram who buys. */
export interface Buyer {
  telegramId: number
  page: Person
  /** A charge of the subscription that renews at Telegram. */
  monthly: string | null
}

export async function moveIn({ url, sandbox }: Shop, scope: Scope): Promise<Buyer> {
  const { id: telegramId } = sandbox.telegram.addPerson({ firstName: 'Н' })
  const page = new Person(url, scope)
  await waitFor(() => page.openMiniApp(sandbox, telegramId).catch(() => null), { deadlineMs: PATIENCE_MS })
  return { telegramId, page, monthly: null }
}

/** Buys one thing, and does to it what the script says. False when Telegram or we refused it: nothing was paid. */
export async function buy(shop: Shop, buyer: Buyer, purchase: Purchase): Promise<boolean> {
  const { telegram } = shop.sandbox
  const invoiceUrl = await findInvoice(shop, buyer, purchase)
  if (invoiceUrl === null) return false
  const faults = spoilWay(shop, buyer, purchase)
  const chargeId = await pay(shop, buyer, purchase, invoiceUrl)
  if (chargeId === null) {
    // What was not paid is not told of: its fault would meet the next payment.
    for (const takeBack of faults) takeBack()
    return false
  }
  if (purchase.wish === 'monthly') buyer.monthly = chargeId
  shop.court.count('paid', purchase.wish)
  shop.court.count('told', purchase.way)
  if (purchase.refund === 'charge-back' || purchase.refund === 'before') {
    if (purchase.refundLost) telegram.loseNext(1, tellsMoneyOf(buyer))
    telegram.refund(chargeId)
    shop.court.count('refunds', purchase.refundLost ? 'never told' : purchase.refund)
  }
  if (purchase.refund === 'by an operator') await askOperator(shop, chargeId, purchase.way)
  if (purchase.changesRenewal) await changeRenewal(shop, buyer)
  return true
}

/** A renewal needs none: `''`. */
async function findInvoice(shop: Shop, buyer: Buyer, { wish }: Purchase): Promise<string | null> {
  if (wish === 'monthly' && buyer.monthly !== null) return ''
  const answer = await patiently(() =>
    buyer.page.client.call<{ invoiceUrl?: string; code?: string }>('/api/payments/invoices', {
      body: { offerId: wish },
    }),
  )
  if (answer.body.invoiceUrl) return answer.body.invoiceUrl
  shop.court.count('no order', answer.body.code ?? String(answer.status))
  return null
}

async function pay(shop: Shop, buyer: Buyer, { wish }: Purchase, invoiceUrl: string): Promise<string | null> {
  const { telegram } = shop.sandbox
  if (invoiceUrl === '') {
    try {
      return telegram.renew(buyer.monthly ?? '').id
    } catch {
      buyer.monthly = null
      return null
    }
  }
  const paid = await telegram.pay(buyer.telegramId, invoiceUrl)
  if (paid.status === 'paid') return paid.charge.id
  shop.court.count('not paid', wish === 'monthly' ? `monthly: ${paid.reason}` : paid.reason)
  return null
}

function spoilWay({ sandbox: { telegram } }: Shop, buyer: Buyer, { way, refund }: Purchase): (() => void)[] {
  const meets = tellsMoneyOf(buyer)
  return [
    ...(way === 'three times' ? [telegram.duplicateNext(1, 2, meets)] : []),
    ...(way === 'not at all' ? [telegram.loseNext(1, meets)] : []),
    ...(refund === 'before' ? [telegram.reorderNext(2, meets)] : []),
  ]
}

function tellsMoneyOf({ telegramId }: Buyer): (update: Update) => boolean {
  return ({ message }) =>
    message?.chat.id === telegramId &&
    (message.successful_payment !== undefined || message.refunded_payment !== undefined)
}

/** A charge that was never told is known after the comparison only: until then there is nothing to give back. */
async function askOperator({ operator, court }: Shop, chargeId: string, way: Purchase['way']): Promise<void> {
  const path = `/api/admin/payments/${encodeURIComponent(chargeId)}/refund`
  const ask = () => operator.client.call<object>(path, { method: 'POST', body: { reason: 'asked for it' } })
  const { status } = await patiently(ask, way === 'not at all' ? MAY_COME_BACK : [...MAY_COME_BACK, NOT_YET])
  court.count('refunds', status === 200 ? 'by an operator' : `operator: ${status}`)
}

/** Stopped here, allowed again here, and taken up again in Telegram. */
async function changeRenewal({ court, sandbox }: Shop, { page, monthly }: Buyer): Promise<void> {
  const { status: stopped } = await patiently(() => page.client.call<object>('/api/subscription', { method: 'DELETE' }))
  const { status } = await patiently(() => page.client.call<object>('/api/subscription/resume', { method: 'POST' }))
  court.count('renewal', `stopped ${stopped}, taken up ${status}`)
  if (status === 200 && monthly !== null) sandbox.telegram.changeSubscription(monthly, 'active')
}

/** Whatever is asked here may be asked again. */
async function patiently<Answer extends { status: number }>(
  ask: () => Promise<Answer>,
  passing = MAY_COME_BACK,
): Promise<Answer> {
  let last: Answer | null = null
  const settled = async () => {
    last = await ask().catch(() => null)
    return last && !passing.includes(last.status) ? last : null
  }
  return waitFor(settled, { deadlineMs: PATIENCE_MS }).catch((error: unknown) => {
    throw new Error(`nothing but ${last?.status ?? 'silence'}: ${JSON.stringify(last)}`, { cause: error })
  })
}
