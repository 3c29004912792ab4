import type { Credits, Me, Persona, Price } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'

/** Whoever has less than so many replies left is told quietly; the server tells the bot's chat at the same point. */
const LOW_REPLIES = 3

/** What one reply of the active companion costs; null without a conversation or before the companions are known. */
export function activePrice(me: Me, personas: readonly Persona[] | undefined): Price | null {
  return personas?.find(({ id }) => id === me.conversation?.persona.id)?.price ?? null
}

/** Replies that the balance still pays for; none of a type that is owed. */
export function repliesLeft(me: Pick<Me, 'credits' | 'debt'>, { type, amount }: Price): number {
  if (amount === 0) return Number.POSITIVE_INFINITY
  return me.debt[type] > 0 ? 0 : Math.floor(me.credits[type] / amount)
}

/** Whether the balance is nearly at its end. */
export function runsLow(replies: number): boolean {
  return replies > 0 && replies < LOW_REPLIES
}

/** Another companion whose replies can still be paid. */
export function affordable(me: Me, personas: readonly Persona[] | undefined): Persona | undefined {
  return personas?.find(({ id, price }) => id !== me.conversation?.persona.id && repliesLeft(me, price) > 0)
}

/**
 * Whether more than the credits themselves may be new when these arrive: a debt made or paid, a subscription renewed.
 * The stream carries the credits alone.
 */
export function mayMeanMore(me: Me, credits: Credits): boolean {
  return CREDIT_TYPES.some(
    (type) => me.debt[type] > 0 || credits[type] > me.credits[type] || (credits[type] === 0 && me.credits[type] > 0),
  )
}
