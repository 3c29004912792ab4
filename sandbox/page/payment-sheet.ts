import type { Invoice } from '../telegram/payments.ts'
import { api } from './api.ts'
import { complain, toast } from './dialog.ts'
import { h } from './element.ts'
import { words } from './words.ts'

/** How an invoice ended, in the words a Mini App is told (core.telegram.org/bots/webapps, invoiceClosed). */
export type InvoiceStatus = 'paid' | 'cancelled' | 'failed'

/** The slug in an address of Telegram's that is an invoice; null for any other address. */
export function invoiceIn(url: string): string | null {
  return /^https:\/\/t\.me\/(?:\$|invoice\/)([\w-]+)/u.exec(url)?.[1] ?? null
}

export async function payForMessage(personId: number, messageId: number) {
  const invoice = await api.invoiceOf(messageId).catch(complain)
  if (invoice) await payInvoice(personId, invoice)
}

export async function payBySlug(personId: number, slug: string): Promise<InvoiceStatus> {
  const invoice = await api.invoice(slug)
  return invoice ? payInvoice(personId, invoice) : 'failed'
}

/** Shows what is bought and for how much; pays only on a press. */
function payInvoice(personId: number, invoice: Invoice): Promise<InvoiceStatus> {
  return new Promise((resolve) => {
    let status: InvoiceStatus = 'cancelled'
    const note = h('p', { class: 'note', role: 'status' }, words.payNote)
    const pay = h(
      'button',
      { type: 'button', class: 'main', onclick: () => void settle() },
      `${words.pay} ${invoice.stars} ★`,
    )
    const leave = h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, words.cancel)
    const dialog = h(
      'dialog',
      { class: 'dialog payment', onclose: () => finish() },
      h('h2', {}, invoice.title),
      h('p', {}, invoice.description),
      h('p', { class: 'price' }, `${invoice.stars} ★`, invoice.subscriptionPeriodSeconds ? ` ${words.month}` : ''),
      note,
      h('div', { class: 'dialog-buttons' }, pay, leave),
    )
    const settle = async () => {
      pay.disabled = true
      leave.disabled = true
      note.textContent = words.paying
      const result = await api.pay(personId, invoice.slug).catch(() => ({ status: 'failed' as const, reason: '' }))
      status = result.status
      if (result.status === 'paid') {
        toast(words.payDone)
        return dialog.close()
      }
      note.textContent = `${words.payFailed}. ${result.reason}`
      leave.disabled = false
      leave.textContent = words.close
    }
    const finish = () => {
      dialog.remove()
      resolve(status)
    }
    document.body.append(dialog)
    dialog.showModal()
  })
}
