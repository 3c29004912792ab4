import type { Offer as ShownOffer, Subscription as ShownSubscription } from '#contract/api'
import type { Locale } from '#contract/words'
import type { Offer, Subscription } from '#domain/payments'

/** What can be bought, in the reader's language and the order of the house. */
export function presentOffers(offers: readonly Offer[], locale: Locale): ShownOffer[] {
  return offers.map(({ title, description, ...offer }) => ({
    ...offer,
    title: title[locale],
    description: description[locale],
  }))
}

/** A subscription under the name of its offer; an offer that was withdrawn is told by its id. */
export function presentSubscription(
  subscription: Subscription,
  offers: readonly Offer[],
  locale: Locale,
): ShownSubscription {
  const title = offers.find(({ id }) => id === subscription.offerId)?.title[locale]
  return { ...subscription, title: title ?? subscription.offerId }
}
