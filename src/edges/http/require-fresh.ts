import type { AppContext } from './app-env.ts'
import { Problem } from './problem.ts'

/**
 * For deeds that somebody at another's open browser must not do: a login was proven in this session within the last
 * FRESH_PROOF_SECONDS. Only on routes with a caller.
 * @throws Problem 403 `not_fresh`
 */
export function requireFresh(c: AppContext): void {
  if (!c.var.caller.fresh) throw new Problem(403, 'not_fresh')
}
