import type { Kysely } from 'kysely'
import { recordAudit } from '#domain/audit'
import { endUsers, familyOf, isErased, lockUser, lockUsers, type PersonalDataPart } from '#domain/identity'
import { reach } from '#platform/failpoints'
import type { LeasedRow } from '#platform/leases'
import type { Log } from '#platform/log'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import { deleteErasure, type ErasureJob, finishErasure, holdErasure, putOff } from './erasure-store.ts'

/** Rows that one transaction takes away: a few hundredths of a second, in which nobody waits for anything of it. */
const PIECE_ROWS = 1_000
/** How soon is looked whether the last message has come, and how often at most: a messenger that is away holds up nobody. */
const FAREWELL_LOOK_MS = 1_000
const FAREWELL_LOOKS_MAX = 20

export interface EraseDeps {
  db: Kysely<Database>
  parts: readonly PersonalDataPart[]
  /** Says in the person's chat that it is time; whether it is still on its way there. */
  farewell(userId: string): Promise<'said' | 'waiting'>
  /** What others must be told before the person is gone, outside of any transaction: that no renewal is paid any more. */
  before(userId: string): Promise<void>
  /** Stops what is under way for these users, in the transaction that ends them; what it returns is done after commit. */
  stop(tx: Executor, userIds: readonly string[]): Promise<() => void>
  /** Every process forgets what it keeps of these users, and their open pages close. May be called again. */
  gone(userIds: readonly string[], sessionIds: readonly string[]): Promise<void>
  log: Log
}

/**
 * Forgets one user whose day has come, with all who live on in them. First, in one transaction, the keys and the ways in
 * go: from then on nothing can be read and nobody comes back. Then the rows, piece by piece; whoever dies in between is
 * followed by another who goes on.
 */
export async function eraseDue(deps: EraseDeps, row: LeasedRow<ErasureJob>, signal: AbortSignal): Promise<void> {
  const { db, log } = deps
  const userId = row.user_id
  await reach('erasure.leased', userId)
  if (!(await isErased(db, userId))) {
    if (row.lease_attempts <= FAREWELL_LOOKS_MAX && (await deps.farewell(userId)) === 'waiting') {
      return putOff(db, row, FAREWELL_LOOK_MS)
    }
    await deps.before(userId)
    if (!(await end(deps, row))) return
    await reach('erasure.ended', userId)
  }
  const family = await familyOf(db, userId)
  // Again for whoever takes over: nobody knows whether the one before came so far as to tell.
  await deps.gone(family, [])
  for (const part of deps.parts) if (!(await erasePart(deps, part, family, signal))) return
  await reach('erasure.emptied', userId)
  const done = await inTransaction(db, async (tx) => {
    if (!(await finishErasure(tx, row))) return false
    await recordAudit(tx, { kind: 'erased', userId })
    return true
  })
  // Each by name: in a backup of before they were joined they are still two.
  if (done) for (const id of family) log.info('leaving.erased', { userId: id })
}

/** The point from which nobody comes back. False when the wish was taken back, or is somebody else's by now. */
async function end(deps: EraseDeps, row: LeasedRow<ErasureJob>): Promise<boolean> {
  const ended = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, row.user_id)
    if (!(await holdErasure(tx, row))) return null
    if (user?.id !== row.user_id) {
      await deleteErasure(tx, row.user_id)
      return null
    }
    const family = await familyOf(tx, user.id)
    await lockUsers(tx, family)
    const tell = await deps.stop(tx, family)
    const sessionIds = await endUsers(tx, family)
    await reach('erasure.ending', user.id)
    return { family, sessionIds, tell }
  })
  if (!ended) return false
  ended.tell()
  await deps.gone(ended.family, ended.sessionIds)
  return true
}

/** False when it was interrupted: whoever takes the row next goes on. */
async function erasePart(
  { db }: EraseDeps,
  part: PersonalDataPart,
  userIds: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    signal.throwIfAborted()
    const erased = await inTransaction(db, (tx) => part.erase(tx, userIds, PIECE_ROWS))
    if (erased === 0) return true
    await reach('erasure.piece', userIds[0] ?? '')
  }
}
