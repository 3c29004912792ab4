import { createHash } from 'node:crypto'
import { recordAudit } from '#domain/audit'
import { lockUser, sessionById } from '#domain/identity'
import { newId, randomToken } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import { deleteOldExports, insertExport, lockExport, markUsed } from './export-store.ts'

/** A link that nobody has used is dead after this time. */
const EXPORT_LIFETIME_SECONDS = 24 * 3600
/** For so long its owner is told that it is dead, and not that there never was one. */
const DEAD_KEPT_SECONDS = 7 * 24 * 3600

/**
 * A link under which this session may fetch the user's own data, once. Null when there is no such user. The session must
 * be freshly proven: the caller has seen to it.
 */
export async function askExport(
  tx: Executor,
  { userId, sessionId, client }: { userId: string; sessionId: string; client: Buffer | null },
): Promise<{ token: string; expiresAt: Date } | null> {
  const user = await lockUser(tx, userId)
  if (!user) return null
  const token = randomToken()
  const row = { id: newId(), userId: user.id, sessionId, tokenHash: hashOf(token) }
  const expiresAt = await insertExport(tx, { ...row, lifetimeSeconds: EXPORT_LIFETIME_SECONDS })
  await recordAudit(tx, { kind: 'export_asked', userId: user.id, details: { exportId: row.id }, client })
  return { token, expiresAt }
}

export type OpenedExport = { userId: string } | { refused: 'absent' | 'dead' }

/**
 * Whose data this link opens, and from now on it opens nothing any more. It must be the session that asked for it, and
 * that session must live: a browser shows so by its cookie (`callerSessionId`); Telegram's own download shows nothing but
 * the link, so for a session of the Mini App the secret is enough. `keep`: only looks.
 */
export async function openExport(
  tx: Executor,
  { token, callerSessionId, keep }: { token: string; callerSessionId: string | null; keep: boolean },
): Promise<OpenedExport> {
  const row = await lockExport(tx, hashOf(token))
  const session = row && (await sessionById(tx, row.sessionId))
  if (!row || session?.userId !== row.userId) return { refused: 'absent' }
  const isTheirs = callerSessionId === row.sessionId || (callerSessionId === null && session.interface === 'webapp')
  if (!isTheirs) return { refused: 'absent' }
  if (row.dead) return { refused: 'dead' }
  if (keep) return { userId: row.userId }
  await markUsed(tx, row.id)
  await recordAudit(tx, { kind: 'export_fetched', userId: row.userId, details: { exportId: row.id } })
  return { userId: row.userId }
}

/** To be called now and then. */
export function forgetOldExports(db: Executor): Promise<void> {
  return deleteOldExports(db, DEAD_KEPT_SECONDS)
}

/** 256 random bits: a plain hash keeps a stolen table from opening anything. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
