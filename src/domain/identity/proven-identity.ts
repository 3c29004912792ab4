import type { Channel, Locale } from '#contract/words'

/** What an edge has verified about a person: nobody else may make one. */
export interface ProvenIdentity {
  /** `telegram`, `email`, or the configured name of an OpenID Connect provider. */
  provider: string
  /** Telegram's numeric id in decimal, the normalised address, or the provider's subject. */
  externalId: string
  channel: Channel
  displayName: string
  username?: string | undefined
  /** Used only when the user is new. */
  locale: Locale
}
