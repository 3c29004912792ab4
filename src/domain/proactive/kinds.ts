/** Who wanted it said: the person, our own wish to hear from them, or the operators. */
export type InitiativeKind = 'reminder' | 'engagement' | 'campaign'

/** Why nothing was said. */
export type SkipReason =
  /** Nobody there: no messenger at all, or none that may be written to. */
  | 'no_messenger'
  | 'unreachable'
  /** The person has not said yes, or has said no. */
  | 'off'
  | 'not_adult'
  | 'no_conversation'
  | 'daily_cap'
  | 'quiet_hours'
  | 'talking'
  /** The person has asked to be forgotten. */
  | 'leaving'
  /** Too many went unanswered. */
  | 'ignored'
  | 'no_text'
  | 'user_gone'
  /** Its time went by while nothing could be sent. */
  | 'too_late'
  /** The operators took it back before it was sent. */
  | 'cancelled'
  /** Something of ours was in the way; the log says what. */
  | 'broken'

/** Counts what was said or passed over; `people`: how many at once, one without. */
export type MeasureInitiative = (kind: InitiativeKind, outcome: 'said' | SkipReason, people?: number) => void

/** One thing that may be said first, to one user. */
export interface Cause {
  kind: InitiativeKind
  /** Unique among those of a kind and user: see the table `initiatives`. */
  cause: string
}
