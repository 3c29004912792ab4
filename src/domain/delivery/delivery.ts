import type { Channel, DeliveryStatus, Interface } from '#contract/words'
import type { Notice, Purpose } from './channel.ts'

/** One piece owed to one chat, as whoever holds its lease knows it. */
export interface Delivery {
  id: string
  userId: string
  channel: Channel
  interface: Interface
  address: string
  purpose: Purpose
  messageId: string | null
  turnId: string | null
  part: number
  partStart: number
  partEnd: number | null
  notice: Notice | null
  /** The stand-in of the growing reply that this part takes the place of. */
  replaces: string | null
  /** What can be pressed under it, by the name that the channel knows it by. */
  buttons: string | null
  state: DeliveryStatus
  /** Those that count against the limit. */
  attempts: number
  leaseToken: number
  leaseAttempts: number
}

/** When and how often a delivery is tried again (contract section 2). */
export interface RetryPolicy {
  maxAttempts: number
  backoffBaseMs: number
  backoffMaxMs: number
}
