import { useEffect, useState } from 'react'
import type { Me, Offer } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { SUBSCRIPTION } from './queries.ts'

/** An invoice that was made here, and what there was before it. */
interface Invoice {
  offer: Offer
  url: string
  before: Pick<Me, 'credits' | 'debt'>
  /** Telegram shows it, or has shown it, by itself; else the person opens the link. */
  shown: boolean
}

export interface Purchase {
  invoice: Invoice | null
  /** What it should bring has come: so says the server, and nobody else is believed. */
  arrived: boolean
  busy: boolean
  error: unknown
  buy(offer: Offer): void
  /** Back to the offers. An invoice that was not paid simply expires. */
  leave(): void
}

/** Buying one offer: an invoice from our server, paid in Telegram, told of by our server. */
export function usePurchase(me: Me): Purchase {
  const api = useApi()
  const cache = useCache()
  const telegram = useTelegram()
  const [invoice, setInvoice] = useState<Invoice | null>(null)
  const [arrived, setArrived] = useState(false)
  const deed = useAction(async (offer: Offer) => {
    const { invoiceUrl: url } = await api.call<{ invoiceUrl: string }>('POST', '/api/payments/invoices', {
      body: { offerId: offer.id },
    })
    const made = { offer, url, before: { credits: me.credits, debt: me.debt }, shown: false }
    const closed = telegram?.pay(url) ?? null
    setInvoice({ ...made, shown: closed !== null })
    // How it was closed decides only what the person sees next, never what they have.
    if (closed && (await closed) === 'cancelled') setInvoice(null)
    if (closed) await cache.renewAll('me', SUBSCRIPTION)
  })
  const come = invoice !== null && hasCome(me, invoice)
  useEffect(() => {
    if (!come) return
    setArrived(true)
    telegram?.feel('success')
    void cache.renewAll(SUBSCRIPTION)
  }, [come, telegram, cache])
  return {
    invoice,
    arrived,
    busy: deed.busy,
    error: deed.error,
    buy: deed.run,
    leave() {
      setInvoice(null)
      setArrived(false)
    },
  }
}

/** A part of it may have gone to a debt. */
function hasCome(me: Me, { offer, before }: Invoice): boolean {
  return CREDIT_TYPES.some(
    (type) =>
      (offer.credits[type] ?? 0) > 0 && (me.credits[type] > before.credits[type] || me.debt[type] < before.debt[type]),
  )
}
