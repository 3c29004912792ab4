import type { HelpTopic, Risk } from '#domain/safety'

/**
 * Why the product answers in the companion's place. `crisis`: somebody is in danger. `minor_locked`: somebody said to be
 * under 18. `refused`: sexual content with minors.
 */
export type AsideCode = 'crisis' | 'minor_locked' | 'refused'

/** An answer of the product's own. It costs nothing. */
export interface Aside {
  code: AsideCode
  /** What the help lines are for. */
  topic: HelpTopic
  /** Whether companions close for this person from now on. */
  locks: boolean
}

/** Companions are closed to this person already. */
export const CLOSED: Aside = { code: 'minor_locked', topic: 'self_harm', locks: false }

/** A reply in which the model wrote what must not be. */
export const REFUSED: Aside = { code: 'refused', topic: 'violence', locks: false }

/** The risk for which the product answers in the companion's place; null: the companion answers. */
export function asideReason(risks: ReadonlySet<Risk>): Risk | null {
  return ANSWERED_BY_US.find((risk) => risks.has(risk)) ?? null
}

const ANSWERED_BY_US = ['self_harm', 'violence', 'minor_age', 'minor_sexual'] as const

/** What a question with these risks is answered with instead of the companion; null: the companion answers. */
export function asideFor(risks: ReadonlySet<Risk>): Aside | null {
  const locks = risks.has('minor_age')
  if (risks.has('self_harm')) return { code: 'crisis', topic: 'self_harm', locks }
  if (risks.has('violence')) return { code: 'crisis', topic: 'violence', locks }
  if (locks) return { ...CLOSED, locks }
  return risks.has('minor_sexual') ? REFUSED : null
}
