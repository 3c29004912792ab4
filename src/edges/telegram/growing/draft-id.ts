/** Telegram takes any integer but zero (Bot API sendMessageDraft); these have 31 bits, so that no client takes them for negative. */
const BITS = 0x7f_ff_ff_ff
/** The end of one of our ids is drawn by chance, its beginning is the time. */
const HEX_DIGITS = 8

/** The draft in which the reply to this turn grows; the same for every worker who writes it, and after a Stop the way back. */
export function draftIdOf(turnId: string): number {
  return Number.parseInt(turnId.slice(-HEX_DIGITS), 16) & BITS || 1
}
