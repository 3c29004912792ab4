/** The list says why it opened instead of the companion that was asked for. */
export const COMPANION_GONE = { companionGone: true }

/** Whether the page was opened for a companion that is not there. */
export function isCompanionGone(): boolean {
  return history.state?.companionGone === true
}
