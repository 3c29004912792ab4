import { recordAudit } from '#domain/audit'
import { lockUser } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import { deleteErasure, insertErasure, readDue } from './erasure-store.ts'

/** Time to change one's mind (spec.md section 10). */
export const ERASURE_AFTER_SECONDS = 24 * 3600

/** When this user will be forgotten, ISO 8601; null: nobody asked for it. */
export async function erasureOf(db: Executor, userId: string): Promise<{ dueAt: string } | null> {
  const due = await readDue(db, userId, ERASURE_AFTER_SECONDS)
  return due && { dueAt: due.toISOString() }
}

/**
 * The person wants to be forgotten: in a day, unless they take it back. Asked again it stays as it is. Takes the user's
 * row lock; null when there is no such user. `client`: a keyed hash of where it was asked, null in a messenger.
 */
export async function askErasure(
  tx: Executor,
  { userId, client = null }: { userId: string; client?: Buffer | null },
): Promise<{ userId: string; dueAt: string; isNew: boolean } | null> {
  const user = await lockUser(tx, userId)
  if (!user) return null
  const { dueAt, isNew } = await insertErasure(tx, user.id, ERASURE_AFTER_SECONDS)
  if (isNew) await recordAudit(tx, { kind: 'erasure_asked', userId: user.id, client })
  return { userId: user.id, dueAt: dueAt.toISOString(), isNew }
}

/** Everything stays as it is. False when there was no wish, or it is too late. Takes the user's row lock. */
export async function cancelErasure(
  tx: Executor,
  { userId, client = null }: { userId: string; client?: Buffer | null },
): Promise<boolean> {
  const user = await lockUser(tx, userId)
  if (!user || !(await deleteErasure(tx, user.id))) return false
  await recordAudit(tx, { kind: 'erasure_cancelled', userId: user.id, client })
  return true
}
