/**
 * The named steps of a message, from being taken in to the record that it was delivered, in their order. A process may
 * die or stand still at any of them; what is promised then is proven at each.
 */
export const STEPS = [
  /** A message has come, nothing of it is written. */
  'message.received',
  /** It is committed, and whoever sent it was not told so yet. */
  'message.accepted',
  'turn.leased',
  'turn.running',
  /** The model is about to be asked. */
  'prompt.ready',
  /** Something of the reply was shown. */
  'reply.growing',
  /** The whole text is there, nothing of it is written. */
  'reply.written',
  /** Reply, capture and deliveries are written and not committed. */
  'reply.recording',
  'reply.recorded',
  'delivery.leased',
  /** The attempt is written down, the channel was not asked. */
  'delivery.attempted',
  /** The channel has it, the outcome is not written down. */
  'delivery.sent',
  'delivery.recorded',
] as const

/** The same of what is said first; its delivery has the steps of every delivery. */
export const FIRST_STEPS = [
  'first.leased',
  /** The text is there, nothing of it is written. */
  'first.written',
  /** All is written and not committed. */
  'first.recording',
  'first.recorded',
] as const

/** The same of somebody who is being forgotten. */
export const ERASURE_STEPS = [
  'erasure.leased',
  /** Keys and ways in are gone, and it is not committed. */
  'erasure.ending',
  'erasure.ended',
  /** Some rows are gone. */
  'erasure.piece',
  /** All are, and nobody has written so. */
  'erasure.emptied',
] as const

export type Step = (typeof STEPS)[number] | (typeof FIRST_STEPS)[number] | (typeof ERASURE_STEPS)[number]
