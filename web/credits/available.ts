import type { Me, Persona, Price } from '#contract/api'

/** What one reply of the active companion costs; null without a conversation or before the companions are known. */
export function activePrice(me: Me, personas: readonly Persona[] | undefined): Price | null {
  return personas?.find(({ id }) => id === me.conversation?.persona.id)?.price ?? null
}

/** Replies that the balance still pays for. */
export function repliesLeft(me: Me, price: Price): number {
  return price.amount > 0 ? Math.floor(me.credits[price.type] / price.amount) : Number.POSITIVE_INFINITY
}

/** Another companion whose replies can still be paid. */
export function affordable(me: Me, personas: readonly Persona[] | undefined): Persona | undefined {
  return personas?.find(({ id, price }) => id !== me.conversation?.persona.id && repliesLeft(me, price) > 0)
}
