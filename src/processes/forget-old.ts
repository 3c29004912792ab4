import { forgetOldDeliveries } from '#domain/delivery'
import { forgetStaleProofs } from '#domain/identity'
import { forgetOldExports } from '#domain/leaving'
import { deleteOldLinks, forgetOldJournals } from '#domain/linking'
import { forgetLapsedMemories } from '#domain/memory'
import { expireOrders } from '#domain/payments'
import { forgetOldReceipts } from '#domain/replies'
import { forgetOldDays, forgetOldModelDays } from '#domain/spending'
import type { Executor } from '#platform/postgres'

/** What is kept for a while only, one deed after the other; docs/privacy.md says for how long each of it is kept. */
const DEEDS: readonly ((db: Executor) => Promise<unknown>)[] = [
  forgetOldReceipts,
  forgetStaleProofs,
  deleteOldLinks,
  forgetOldJournals,
  forgetLapsedMemories,
  forgetOldDeliveries,
  forgetOldExports,
  forgetOldDays,
  forgetOldModelDays,
  expireOrders,
]

/**
 * Forgets what its time is over for. One that fails does not keep the others from theirs.
 * @throws the first failure, once all have had their turn
 */
export async function forgetOld(db: Executor): Promise<void> {
  const failures: unknown[] = []
  for (const deed of DEEDS) await deed(db).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
