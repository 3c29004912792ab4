import type { Credits } from '#contract/api'
import type { Locale } from '#contract/words'

/** What can be bought. `stars`: what it costs; `credits`: what it brings, a subscription's each month. */
export interface Offer {
  id: string
  kind: 'pack' | 'subscription'
  title: Record<Locale, string>
  description: Record<Locale, string>
  stars: number
  credits: Partial<Credits>
}
