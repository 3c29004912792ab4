import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { type Looking, say, type ViewDeps } from './view.ts'

/** "5 про-кредитов, 3 кредита Кассандры": what there is of each type, nothing of what there is none of. */
export function creditsInWords(deps: ViewDeps, at: Looking, credits: Partial<Credits>): string {
  return CREDIT_TYPES.flatMap((type) => {
    const count = credits[type] ?? 0
    return count === 0 ? [] : [say(deps, at, `amount-${type}`, { count })]
  }).join(', ')
}
