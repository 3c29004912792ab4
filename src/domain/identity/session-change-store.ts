import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Requests that were under way with the old secret end within this time; after it the old secret opens nothing. */
const PREVIOUS_SECRET_SECONDS = 60

/** Of two requests at once one changes the secret: false for the other, and for a session that has ended. */
export async function rotateSecret(
  executor: Executor,
  { sessionId, tokenHash, newTokenHash }: { sessionId: string; tokenHash: Buffer; newTokenHash: Buffer },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    UPDATE sessions SET token_hash = ${newTokenHash}, previous_token_hash = token_hash, must_rotate = false,
      previous_valid_until = now() + make_interval(secs => ${PREVIOUS_SECRET_SECONDS})
    WHERE id = ${sessionId} AND token_hash = ${tokenHash} AND must_rotate AND revoked_at IS NULL
    RETURNING id`.execute(executor)
  return rows.length > 0
}

/**
 * Makes a living session another user's; a browser's changes its secret at its next request, a Mini App's stays as it
 * is. False when this user has no such session any more.
 */
export async function moveSession(
  tx: Executor,
  { sessionId, fromUserId, toUserId }: { sessionId: string; fromUserId: string; toUserId: string },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    UPDATE sessions SET user_id = ${toUserId}, must_rotate = interface = 'browser'
    WHERE id = ${sessionId} AND user_id = ${fromUserId} AND revoked_at IS NULL AND expires_at > now()
    RETURNING id`.execute(tx)
  return rows.length > 0
}

/** Sessions that are over are kept for a while under the user that lives on; a living one never changes hands here. */
export async function repointSessions(tx: Executor, fromUserId: string, toUserId: string): Promise<void> {
  await sql`
    UPDATE sessions SET user_id = ${toUserId}
    WHERE user_id = ${fromUserId} AND (revoked_at IS NOT NULL OR expires_at <= now())`.execute(tx)
}
