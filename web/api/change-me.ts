import type { Me } from '#contract/api'
import type { Cache } from './cache.ts'

/** Puts what an event or an answer says about the user in its place, without asking for the rest. */
export function changeMe(cache: Cache, change: Partial<Me>): void {
  cache.change<Me | null>('me', (me) => (me ? { ...me, ...change } : me))
}
