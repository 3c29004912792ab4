import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

export interface ExportRow {
  id: string
  userId: string
  sessionId: string
  dead: boolean
}

export async function insertExport(
  tx: Executor,
  row: { id: string; userId: string; sessionId: string; tokenHash: Buffer; lifetimeSeconds: number },
): Promise<Date> {
  const { rows } = await sql<{ expires_at: Date }>`
    INSERT INTO exports (id, user_id, session_id, token_hash, expires_at)
    VALUES (${row.id}, ${row.userId}, ${row.sessionId}, ${row.tokenHash},
            now() + make_interval(secs => ${row.lifetimeSeconds}))
    RETURNING expires_at
  `.execute(tx)
  const expiresAt = rows[0]?.expires_at
  if (!expiresAt) throw new Error('an export was not inserted')
  return expiresAt
}

/** The link of this secret, locked; of two who open it at once one comes second. */
export async function lockExport(tx: Executor, tokenHash: Buffer): Promise<ExportRow | null> {
  const { rows } = await sql<{ id: string; user_id: string; session_id: string; dead: boolean }>`
    SELECT id, user_id, session_id, used_at IS NOT NULL OR expires_at <= now() AS dead FROM exports
    WHERE token_hash = ${tokenHash} FOR UPDATE
  `.execute(tx)
  const [row] = rows
  return row ? { id: row.id, userId: row.user_id, sessionId: row.session_id, dead: row.dead } : null
}

export async function markUsed(tx: Executor, id: string): Promise<void> {
  await sql`UPDATE exports SET used_at = clock_timestamp() WHERE id = ${id}`.execute(tx)
}

/** Links that lead nowhere are kept for a while, so that whoever opens one is told so. */
export async function deleteOldExports(db: Executor, keptSeconds: number): Promise<void> {
  await sql`DELETE FROM exports WHERE expires_at < now() - make_interval(secs => ${keptSeconds})`.execute(db)
}

/** What a room of its own must forget of these users. */
export async function eraseExports(tx: Executor, userIds: readonly string[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM exports WHERE user_id = ANY(${[...userIds]}::uuid[])
  `.execute(tx)
  return Number(numAffectedRows)
}
