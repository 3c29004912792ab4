import { randomBytes } from 'node:crypto'
import type { Person } from './person.ts'

/** The only currency here and the only subscription period Telegram knows (Bot API createInvoiceLink). */
export const STARS = 'XTR'
export const SUBSCRIPTION_PERIOD_SECONDS = 2_592_000
export const PRE_CHECKOUT_ANSWER_MS = 10_000

export type Invoice = {
  slug: string
  title: string
  description: string
  payload: string
  stars: number
  photoUrl?: string
  subscriptionPeriodSeconds?: number
}

export type Charge = {
  id: string
  person: Person
  invoice: Invoice
  paidAtSeconds: number
  refunded: boolean
  subscription?: { id: string; expiresAtSeconds: number; first: boolean }
}

/** A recurring payment: `renewing` is off when the bot or the person cancelled it, `stopped` while the bot forbids it. */
export type Subscription = {
  id: string
  person: Person
  invoice: Invoice
  renewing: boolean
  stopped: boolean
  expiresAtSeconds: number
}

export type StarTransaction = { direction: 'in' | 'out'; charge: Charge; atSeconds: number }

export type PreCheckoutAnswer = { ok: boolean; errorMessage?: string }

export type OpenPreCheckout = { expiresMs: number; answer?: PreCheckoutAnswer }

export type Payments = ReturnType<typeof createPayments>

/** Invoices, charges and the bot's Star transactions: the book that refunds and reconciliation read. */
export function createPayments() {
  const invoices = new Map<string, Invoice>()
  const charges = new Map<string, Charge>()
  const subscriptions = new Map<string, Subscription>()
  const transactions: StarTransaction[] = []
  const preCheckouts = new Map<string, OpenPreCheckout>()
  const ofMessage = new Map<number, string>()

  function addInvoice(invoice: Omit<Invoice, 'slug'>): Invoice {
    const added = { ...invoice, slug: randomBytes(12).toString('base64url') }
    invoices.set(added.slug, added)
    return added
  }

  function addCharge(charge: Omit<Charge, 'id' | 'refunded'>): Charge {
    const added = { ...charge, id: `stx${randomBytes(20).toString('base64url')}`, refunded: false }
    charges.set(added.id, added)
    transactions.push({ direction: 'in', charge: added, atSeconds: added.paidAtSeconds })
    return added
  }

  function addRefund(charge: Charge, atSeconds: number) {
    charge.refunded = true
    transactions.push({ direction: 'out', charge, atSeconds })
  }

  /** The invoice behind a slug or a whole link `https://t.me/$slug`. */
  function findInvoice(slugOrLink: string): Invoice | null {
    return invoices.get(slugOrLink.replace(/^.*(?:\$|\/invoice\/)/u, '')) ?? null
  }

  return {
    addInvoice,
    findInvoice,
    addCharge,
    addRefund,
    charges,
    subscriptions,
    transactions,
    preCheckouts,
    ofMessage,
  }
}

export const invoiceLink = (invoice: Invoice) => `https://t.me/$${invoice.slug}`
