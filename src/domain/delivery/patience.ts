import type { Purpose } from './channel.ts'

/** How long a delivery is tried for, and how often it may have arrived before it is not sent once more. */
interface Patience {
  /** From when it was owed. */
  deadlineMs: number
  ambiguousMax: number
}

/** What somebody waits for comes late rather than not at all, and twice rather than never (spec section 5). */
const WAITED_FOR: Patience = { deadlineMs: 72 * 3_600_000, ambiguousMax: 2 }
/** What nobody asked for is stale after two hours, and twice would be a nuisance. */
const UNASKED: Patience = { deadlineMs: 2 * 3_600_000, ambiguousMax: 1 }

export function patienceFor(purpose: Purpose): Patience {
  return purpose === 'proactive' ? UNASKED : WAITED_FOR
}
