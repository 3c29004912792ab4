import { recordAudit } from '#domain/audit'
import { lockUser, unholdPayments } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import { settleLoopsOf } from './difference-store.ts'

/** An operator has looked: payments of this user are taken again. False when there is no such user. */
export async function releasePayments(
  tx: Executor,
  { userId, operatorId }: { userId: string; operatorId: string },
): Promise<boolean> {
  const user = await lockUser(tx, userId)
  if (!user) return false
  await unholdPayments(tx, user.id)
  await settleLoopsOf(tx, user.id)
  await recordAudit(tx, { kind: 'payments_released', userId: operatorId, details: { of: user.id } })
  return true
}
