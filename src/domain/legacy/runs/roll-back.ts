import type pg from 'pg'
import { switchTalk, takeBackLines, takeBackTalks } from '#domain/conversations'
import { neverBooked, takeBackBooks, takeBackDifference, takeBackWelcome } from '#domain/credits'
import {
  identitiesOfUsers,
  lockHome,
  lockUntouched,
  placeHistory,
  takeBackLogins,
  takeBackUsers,
} from '#domain/identity'
import type { Vault } from '#platform/vault'
import { RunError } from './move-house.ts'
import { withoutTraces } from './prove-store.ts'
import { endRun, laterRun, readRun } from './run-store.ts'
import {
  type AddedShare,
  forgetAddition,
  forgetUsers,
  nextAdditions,
  nextArrivals,
  usersOfShare,
} from './share-store.ts'

/** Users at once, in one transaction. */
const USERS_AT_ONCE = 500

export interface RolledBack {
  takenBack: number
  /** Who has used the new house since, and keeps everything; of very many some are named. */
  kept: string[]
  keptCount: number
}

/** So many of those who stay are named. */
const KEPT_SHOWN_MAX = 1_000

/**
 * Takes back what a run brought: of each user, as long as they have not written, signed in or bought anything since.
 * Cut off, it goes on where it was. What stays is the list of rows and that there was a run.
 * @throws RunError when there is no such run, or a later one stands on it
 */
export async function rollBack(pool: pg.Pool, vault: Vault, runId: string): Promise<RolledBack> {
  const run = await readRun(pool, runId)
  if (!run) throw new RunError(`There is no run ${runId}.`)
  const later = await laterRun(pool, run)
  if (later) throw new RunError(`Run ${later} stands on this one: take it back first.`)
  const additions = await takeBackAdditions(pool, vault, runId)
  const users = await takeBackUsersOf(pool, vault, runId)
  await endRun(pool, runId, 'rolled_back')
  return {
    takenBack: additions.takenBack + users.takenBack,
    kept: [...additions.kept, ...users.kept].slice(0, KEPT_SHOWN_MAX),
    keptCount: additions.kept.length + users.kept.length,
  }
}

/** Of who was here before the run, what it added. */
async function takeBackAdditions(pool: pg.Pool, vault: Vault, runId: string): Promise<Omit<RolledBack, 'keptCount'>> {
  const kept: string[] = []
  let takenBack = 0
  let before: number | null = null
  for (;;) {
    const shares: AddedShare[] = await nextAdditions(pool, runId, { before, limit: USERS_AT_ONCE })
    for (const share of shares) {
      before = share.place
      const gone = await inOne(pool, (client) => takeBackAddition(client, vault, runId, share)).catch((error) => {
        if (error instanceof StaysError) return false
        throw error
      })
      if (gone) takenBack += 1
      else kept.push(share.userId)
    }
    if (shares.length < USERS_AT_ONCE) return { takenBack, kept }
  }
}

/** False when they have written since, were joined with somebody, or have spent what came: then all of it stays. */
async function takeBackAddition(
  client: pg.ClientBase,
  vault: Vault,
  runId: string,
  share: AddedShare,
): Promise<boolean> {
  const { userId, ownerId, firstSeq, lastSeq, endSeq, talks, logins, activeBefore, spokeBefore } = share
  const home = await lockHome(client, userId)
  if (home?.userId !== userId || home.lastSeq !== endSeq) return false
  for (const user of new Set([userId, ...(await usersOfShare(client, runId, ownerId))])) {
    const own = await lockHome(client, user)
    const key = `migration:${runId}:${ownerId}`
    const businessKey = user === userId ? key : `${key}:${user}`
    if (own && !(await takeBackDifference(client, { userId: own.userId, businessKey }))) throw new StaysError()
  }
  if (firstSeq !== null && lastSeq !== null) {
    const isAtEnd = home.lastSeq === lastSeq
    const seqBase = isAtEnd ? home.seqBase : lastSeq + 1
    const end = isAtEnd ? firstSeq - 1 : home.lastSeq
    await placeHistory(client, userId, { seqBase, lastSeq: end, spokeAtMicros: spokeBefore })
  }
  await takeBackLines(client, userId, { firstSeq, lastSeq, talks })
  await switchTalk(client, userId, activeBefore)
  await takeBackLogins(client, userId, logins)
  await takeBackWelcome(
    client,
    logins.map((name) => vault.hmac('welcome', name)),
  )
  await forgetAddition(client, runId, ownerId)
  return true
}

/** What came has been spent in part: nothing of it is taken back. */
class StaysError extends Error {}

/** The users that the run made. */
async function takeBackUsersOf(pool: pg.Pool, vault: Vault, runId: string): Promise<Omit<RolledBack, 'keptCount'>> {
  const kept: string[] = []
  let takenBack = 0
  let after: string | null = null
  for (;;) {
    const arrivals: Arrival[] = await nextArrivals(pool, runId, { after, limit: USERS_AT_ONCE })
    after = arrivals.at(-1)?.userId ?? null
    if (after === null) return { takenBack, kept }
    const gone = await inOne(pool, (client) => takeBack(client, vault, arrivals))
    takenBack += gone.size
    kept.push(...arrivals.filter(({ userId }) => !gone.has(userId)).map(({ userId }) => userId))
  }
}

interface Arrival {
  userId: string
  lastSeq: number
}

async function takeBack(client: pg.ClientBase, vault: Vault, arrivals: readonly Arrival[]): Promise<Set<string>> {
  const locked = await lockUntouched(client, arrivals)
  const untouched = await neverBooked(client, await withoutTraces(client, locked))
  const identities = await identitiesOfUsers(client, untouched)
  const identityHashes = identities.map((name) => vault.hmac('welcome', name))
  await takeBackTalks(client, untouched)
  await takeBackBooks(client, { userIds: untouched, identityHashes })
  await takeBackUsers(client, untouched)
  await forgetUsers(client, untouched)
  return new Set(untouched)
}

async function inOne<Result>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release(broken)
  }
}
