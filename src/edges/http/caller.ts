import type { Channel, Interface, Locale } from '#contract/words'

/** Who asks, told by the session alone: nothing in a request can claim another interface or user. */
export interface Caller {
  userId: string
  sessionId: string
  interface: Exclude<Interface, 'bot'>
  channel: Channel
  locale: Locale
  /** Whether this person has confirmed to be of age. */
  adult: boolean
  /** The data key of this user's new rows; it is in the key ring already. */
  keyId: string
  proof: 'cookie' | 'bearer'
  /** Whether an identity was proven in this session in the last minutes; see `requireFresh`. */
  fresh: boolean
}
