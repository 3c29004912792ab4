import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { DeliveryStatus } from '#contract/words'
import { type LockedUser, lockUser } from '#domain/identity'
import { type Database, type Executor, inTransaction, isUnavailable, RowLockedError } from '#platform/postgres'
import { ownerOf, type Settled, type Settlement, settleAttempts } from './attempt-store.ts'
import type { Attempts } from './attempts.ts'
import type { Purpose, SendOutcome } from './channel.ts'
import type { Delivery } from './delivery.ts'

/** A merge or its undo gives a delivery another user; more than this many in a row while we look do not happen. */
const OWNERS_FOLLOWED_MAX = 4
/** Between two tries to write an outcome down while the database is away. */
const AWAY_PAUSE_MS = 250

export interface RecordDeps {
  db: Kysely<Database>
  attempts: Attempts
  /**
   * What it changes besides, in the transaction that records it and with the user locked, when a delivery ended without
   * having come (a refund, reachability). What it returns is done after commit.
   */
  onSettled(tx: Executor, delivery: Delivery, outcome: SendOutcome, final: boolean): Promise<AfterCommit>
  /** Called after commit, when the chat's next delivery became due. */
  wake(): void
  measure?(settled: SettledDelivery): void
}

/** Tells others what changed, or nothing. */
export type AfterCommit = () => void

/** What figures are made of. */
export interface SettledDelivery {
  outcome: SendOutcome['kind']
  purpose: Purpose
  /** How many attempts are recorded, this one included; one that was given up without another has those before. */
  attempt: number
  state: DeliveryStatus
  /** Whether it is over. */
  final: boolean
}

/** How an attempt ended and what the delivery comes to. */
export interface Recorded {
  outcome: SendOutcome
  settlement: Settlement
  attempt: number
}

/**
 * Writes down what became of a delivery; nothing when its lease is lost. What is known now is known to nobody else, so
 * while the database is away it is tried again until the lease ends (`signal`).
 */
export async function recordOutcome(
  deps: RecordDeps,
  delivery: Delivery,
  { outcome, settlement, attempt }: Recorded,
  signal?: AbortSignal,
): Promise<void> {
  const final = settlement.dueInMs === null
  const settled: RecordedSettlement = await whileAway(signal, () =>
    changesMore(outcome, final)
      ? settleWithOwner(deps, delivery, outcome, settlement)
      : deps.attempts.settle({ delivery, settlement }),
  )
  if (settled.verdict !== 'settled') return
  settled.tell?.()
  if (settled.woke) deps.wake()
  deps.measure?.({ outcome: outcome.kind, purpose: delivery.purpose, attempt, state: settlement.state, final })
}

/** Whether an outcome changes anything besides the delivery and its lane. */
function changesMore({ kind }: SendOutcome, final: boolean): boolean {
  return kind === 'unreachable' || (final && (kind === 'refused' || kind === 'retry'))
}

interface RecordedSettlement extends Settled {
  tell?: AfterCommit
}

/** With the user locked, as whatever else changes is the user's. */
function settleWithOwner(
  deps: RecordDeps,
  delivery: Delivery,
  outcome: SendOutcome,
  settlement: Settlement,
): Promise<RecordedSettlement> {
  return inTransaction(deps.db, async (tx) => {
    const owner = await lockOwner(tx, delivery)
    const owed = { ...delivery, userId: owner?.id ?? delivery.userId }
    const [settled] = await settleAttempts(tx, [{ delivery: owed, settlement }])
    if (!settled || settled.verdict === 'busy') throw new RowLockedError('the chat is busy')
    if (settled.verdict === 'lost') return settled
    return { ...settled, tell: await deps.onSettled(tx, owed, outcome, settlement.dueInMs === null) }
  })
}

/** A merge or an undo may have given the delivery another user while the channel was asked: the present one counts. */
async function lockOwner(tx: Executor, delivery: Delivery): Promise<LockedUser | null> {
  let userId = delivery.userId
  for (let followed = 0; followed < OWNERS_FOLLOWED_MAX; followed += 1) {
    const user = await lockUser(tx, userId)
    const ownerId = await ownerOf(tx, delivery)
    if (!user || ownerId === null || ownerId === user.id) return user
    userId = ownerId
  }
  return null
}

async function whileAway<Result>(signal: AbortSignal | undefined, deed: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await deed()
    } catch (error) {
      if (!signal || signal.aborted || !isUnavailable(error)) throw error
      await sleep(AWAY_PAUSE_MS, undefined, { signal })
    }
  }
}
