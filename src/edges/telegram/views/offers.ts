import type { Offer } from '#domain/payments'
import { creditsInWords } from './amounts.ts'
import type { Piece } from './formatted.ts'
import { type ButtonOf, type Looking, label, say, type ViewDeps } from './view.ts'

/** What can be bought at this moment, each with the button that leads to its invoice. */
export interface Paywall {
  pieces: Piece[]
  rows: ButtonOf[][]
}

/** Every offer that this person can buy. An invoice that is still open is shown again; one that Telegram does not make is said. */
export async function paywallOf(deps: ViewDeps, at: Looking): Promise<Paywall> {
  const pieces: Piece[] = []
  const rows: ButtonOf[][] = []
  let away = false
  // One after another: of one person's orders none waits for another one's lock.
  for (const offer of deps.payments.offers) {
    const opened = await deps.payments.openOrder({ userId: at.userId, offerId: offer.id })
    if ('invoiceUrl' in opened) {
      pieces.push(`\n${offerInWords(deps, at, offer)}`)
      rows.push([{ text: buyLabel(deps, at, offer), url: opened.invoiceUrl }])
    } else if (opened.refused === 'payments_held') {
      return { pieces: [say(deps, at, 'payments-held')], rows: [] }
    } else if (opened.refused === 'telegram_away') {
      away = true
    }
  }
  if (rows.length > 0) return { pieces: [say(deps, at, 'offers'), '\n', ...pieces], rows }
  return { pieces: [say(deps, at, away ? 'offers-away' : 'offers-none')], rows }
}

function offerInWords(deps: ViewDeps, at: Looking, { kind, title, stars, credits }: Offer): string {
  return say(deps, at, `offer-${kind}`, {
    title: title[at.locale],
    stars: say(deps, at, 'stars', { count: stars }),
    credits: creditsInWords(deps, at, credits),
  })
}

function buyLabel(deps: ViewDeps, at: Looking, { kind, title, stars }: Offer): string {
  return label(deps, at, `buy-${kind}`, { title: title[at.locale], stars })
}
