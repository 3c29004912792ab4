import type { Locale } from '#contract/words'
import type { Offer } from '#domain/payments'
import { Problem } from '#edges/http'
import { presentOffers } from './present-offers.ts'

/** The balance does not pay for the reply: 402 with what would. */
export function insufficientCredits(offers: readonly Offer[], locale: Locale): Problem {
  return new Problem(402, 'insufficient_credits', { offers: presentOffers(offers, locale) })
}

/** The person's own limit for a day is used up: 402, and buying would not help, but the contract's 402 names the offers. */
export function dailyCapReached(offers: readonly Offer[], locale: Locale): Problem {
  return new Problem(402, 'daily_cap_reached', { offers: presentOffers(offers, locale) })
}
