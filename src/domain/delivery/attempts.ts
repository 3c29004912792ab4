import type { Kysely } from 'kysely'
import { type Database, inTransaction, isConflict, isLockTimeout, RowLockedError } from '#platform/postgres'
import {
  type Begun,
  beginAttempts,
  type MaybeBegun,
  type Settled,
  settleAttempts,
  type ToSettle,
} from './attempt-store.ts'
import type { Delivery } from './delivery.ts'
import { type Groups, inGroups } from './in-groups.ts'

/** More at once leave the groups small and add commits, fewer leave the database idle while one commits (measured). */
const GROUPS: Groups = { atOnce: 2, sizeMax: 64 }

/** The two statements around each send, shared by all sends that come to them at the same time. */
export interface Attempts {
  /** Null when the lease is lost. */
  begin(delivery: Delivery): Promise<Begun | null>
  /** Never `busy`: who is in the way is waited for. */
  settle(item: ToSettle): Promise<Settled>
}

export function createAttempts(db: Kysely<Database>): Attempts {
  const begin = inGroups(GROUPS, (deliveries: Delivery[]) => beginAttempts(db, deliveries))
  const settle = inGroups(GROUPS, (items: ToSettle[]) => settleAttempts(db, items))
  return {
    async begin(delivery) {
      const begun = await orWait(db, begin(delivery), async (tx) => (await beginAttempts(tx, [delivery]))[0])
      return hasBegun(begun) ? begun : null
    },
    settle: (item) => orWait(db, settle(item), async (tx) => (await settleAttempts(tx, [item]))[0]),
  }
}

function hasBegun(begun: MaybeBegun): begun is Begun {
  return begun.verdict !== 'lost' && begun.verdict !== 'busy'
}

/** When somebody is in the way: again in transactions that give their connection back between the tries. */
async function orWait<Result extends Settled | MaybeBegun>(
  db: Kysely<Database>,
  first: Promise<Result>,
  again: (tx: Kysely<Database>) => Promise<Result | undefined>,
): Promise<Result> {
  try {
    const result = await first
    if (result.verdict !== 'busy') return result
  } catch (error) {
    if (!isLockTimeout(error) && !isConflict(error)) throw error
  }
  return inTransaction(db, async (tx) => {
    const result = await again(tx)
    if (!result || result.verdict === 'busy') throw new RowLockedError('the chat is busy')
    return result
  })
}
