import type { Kysely } from 'kysely'
import { lockUser } from '#domain/identity'
import { reach } from '#platform/failpoints'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import { beginAttempt, settleAttempt, wakeLane } from './attempt-store.ts'
import type { Content, OutsideChannel, SendOutcome } from './channel.ts'
import type { Delivery, RetryPolicy } from './delivery.ts'
import { readLeased } from './delivery-store.ts'
import { settleOutcome } from './settle-outcome.ts'

/** An unsettled earlier attempt and this one: sending a third time could show the text twice more. */
const AMBIGUOUS_BEFORE_GIVING_UP = 2

export interface DeliverDeps {
  db: Kysely<Database>
  channels: Map<string, OutsideChannel>
  policy: RetryPolicy
  /** The text or notice of a delivery, read outside any transaction; null when it is gone. */
  contentOf(delivery: Delivery): Promise<Content | null>
  /**
   * What else an outcome changes (a refund, reachability), in the transaction that records it. What it returns is
   * done after commit.
   */
  onSettled(tx: Executor, delivery: Delivery, outcome: SendOutcome, final: boolean): Promise<AfterCommit>
  /** Called after commit, when the chat's next delivery became due. */
  wake(): void
  measure?(outcome: SendOutcome['kind'], attempt: number): void
}

/** Tells others what changed, or nothing. */
export type AfterCommit = () => void

/** Sends one leased delivery and records how it went. */
export async function deliverDue(deps: DeliverDeps, leased: { id: string; leaseToken: number }): Promise<void> {
  const delivery = await readLeased(deps.db, leased.id, leased.leaseToken)
  if (!delivery) return
  await reach('delivery.leased', delivery.userId)
  // Read first: a text that cannot be read now was never tried, and no attempt may say otherwise.
  const content = await deps.contentOf(delivery)
  const begun = await inTransaction(deps.db, (tx) => beginAttempt(tx, delivery))
  if (!begun) return
  await reach('delivery.attempted', delivery.userId)
  const outcome = await attempt(deps, delivery, content, begun.ambiguous)
  await reach('delivery.sent', delivery.userId)
  await record(deps, delivery, outcome, begun.ambiguous)
  await reach('delivery.recorded', delivery.userId)
  deps.measure?.(outcome.kind, delivery.attempts + 1)
}

async function attempt(
  deps: DeliverDeps,
  delivery: Delivery,
  content: Content | null,
  ambiguous: number,
): Promise<SendOutcome> {
  if (ambiguous >= AMBIGUOUS_BEFORE_GIVING_UP) return { kind: 'unknown', error: 'interrupted' }
  const channel = deps.channels.get(delivery.channel)
  if (!channel) return { kind: 'refused', error: 'no_channel' }
  if (!content) return { kind: 'refused', error: 'no_content' }
  return channel.send(delivery.address, content, delivery.attempts + 1)
}

async function record(deps: DeliverDeps, delivery: Delivery, outcome: SendOutcome, ambiguous: number): Promise<void> {
  const settlement = settleOutcome(delivery, outcome, { ambiguous, policy: deps.policy })
  const final = settlement.dueInMs === null
  const settled = await inTransaction(deps.db, async (tx) => {
    // The user may have been merged while the channel was asked.
    const user = await lockUser(tx, delivery.userId)
    const owed = { ...delivery, userId: user?.id ?? delivery.userId }
    if (!(await settleAttempt(tx, owed, settlement))) return null
    if (final) await wakeLane(tx, owed)
    return deps.onSettled(tx, owed, outcome, final)
  })
  settled?.()
  if (settled && final) deps.wake()
}
