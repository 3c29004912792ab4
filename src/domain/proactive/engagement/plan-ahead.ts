import type { Executor } from '#platform/postgres'
import type { MeasureInitiative, SkipReason } from '../kinds.ts'
import { type EngagementOptions, type Looked, planEngagements } from './engagement-store.ts'

/** People looked at in one statement: bounds its memory, and for how long it keeps their rows. */
export const PLAN_BATCH_MAX = 2_000
/** Where more are due than one batch holds; each waits for the disk as often as it works. */
const BATCHES_AT_ONCE = 2

/** What a look can come to that is written down as a moment gone by. */
const PASSED: ReadonlySet<Looked> = new Set<SkipReason>(['ignored', 'unreachable', 'not_adult', 'no_conversation'])

export interface PlanDeps {
  db: Executor
  engagement: EngagementOptions
  measure: MeasureInitiative
  /** Texts are to be written. */
  wake(): void
}

/**
 * Looks at everybody who is due, batch by batch, and asks no model anything: who has written meanwhile comes later, who
 * cannot be written to is passed over, the rest become jobs for whoever writes. Any number of processes may do it at
 * once. How many were looked at.
 */
export async function planAhead(deps: PlanDeps, signal: AbortSignal): Promise<number> {
  let looked = 0
  let from = '-infinity'
  for (let atOnce = 1; !signal.aborted; atOnce = BATCHES_AT_ONCE) {
    const batches = await Promise.all(Array.from({ length: atOnce }, () => planBatch(deps, from)))
    looked += batches.reduce((sum, { people }) => sum + people, 0)
    // One that is not full has met the end, and others may still have found more than it.
    if (batches.some(({ people }) => people < PLAN_BATCH_MAX)) break
    from = batches.map(({ dueUntil }) => dueUntil).reduce((one, other) => (one < other ? one : other))
  }
  return looked
}

async function planBatch({ db, engagement, measure, wake }: PlanDeps, from: string) {
  const { outcomes, dueUntil } = await planEngagements(db, engagement, { from, limit: PLAN_BATCH_MAX })
  for (const [outcome, people] of outcomes) {
    if (PASSED.has(outcome)) measure('engagement', outcome as SkipReason, people)
  }
  if (outcomes.has('ready')) wake()
  return { dueUntil, people: [...outcomes.values()].reduce((sum, some) => sum + some, 0) }
}
