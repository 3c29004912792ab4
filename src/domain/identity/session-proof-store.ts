import { sql } from 'kysely'
import { FRESH_PROOF_SECONDS } from '#contract/limits'
import type { Executor } from '#platform/postgres'

/** This identity was proven in this session, `secondsAgo` by what was shown. */
export async function recordProof(
  tx: Executor,
  sessionId: string,
  identityId: string,
  secondsAgo: number,
): Promise<void> {
  await sql`
    INSERT INTO session_proofs (session_id, identity_id, proven_at)
    VALUES (${sessionId}, ${identityId}, now() - make_interval(secs => ${secondsAgo}))
    ON CONFLICT (session_id, identity_id) DO UPDATE SET proven_at = greatest(session_proofs.proven_at, excluded.proven_at)
  `.execute(tx)
  await sql`
    UPDATE sessions SET proven_at = (SELECT max(proven_at) FROM session_proofs WHERE session_id = ${sessionId})
    WHERE id = ${sessionId}`.execute(tx)
}

/** What was proven in a session holds, with its times, in the one that replaces it, as long as both are the same user's. */
export async function carryProofs(tx: Executor, fromSessionId: string, toSessionId: string): Promise<void> {
  await sql`
    INSERT INTO session_proofs (session_id, identity_id, proven_at)
    SELECT new.id, proof.identity_id, proof.proven_at
    FROM session_proofs proof
      JOIN sessions old ON old.id = proof.session_id
      JOIN sessions new ON new.user_id = old.user_id AND new.id = ${toSessionId}
    WHERE proof.session_id = ${fromSessionId}
    ON CONFLICT (session_id, identity_id) DO NOTHING`.execute(tx)
}

/**
 * The identities that were proven in this living session within the last FRESH_PROOF_SECONDS, by the database's clock,
 * and that still belong to its user.
 */
export async function freshProofs(executor: Executor, sessionId: string): Promise<Set<string>> {
  const { rows } = await sql<{ identity_id: string }>`
    SELECT proof.identity_id
    FROM session_proofs proof
      JOIN sessions ON sessions.id = proof.session_id
      JOIN identities ON identities.id = proof.identity_id AND identities.user_id = sessions.user_id
    WHERE proof.session_id = ${sessionId} AND sessions.revoked_at IS NULL
      AND proof.proven_at > now() - make_interval(secs => ${FRESH_PROOF_SECONDS})`.execute(executor)
  return new Set(rows.map((row) => row.identity_id))
}

/**
 * Ends the user's other sessions that have shown nothing but this identity: once it is taken away, whoever holds it has
 * no business there. Returns the ids that ended now.
 */
export async function revokeSessionsOf(
  tx: Executor,
  { userId, identityId, exceptSessionId }: { userId: string; identityId: string; exceptSessionId: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE sessions SET revoked_at = now()
    WHERE user_id = ${userId} AND id <> ${exceptSessionId} AND revoked_at IS NULL AND NOT EXISTS (
      SELECT FROM session_proofs proof WHERE proof.session_id = sessions.id AND proof.identity_id <> ${identityId})
    RETURNING id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** A session is as fresh as the newest proof that is left to it. */
export async function forgetLostProofs(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE sessions SET proven_at = coalesce(
      (SELECT max(proof.proven_at) FROM session_proofs proof WHERE proof.session_id = sessions.id), 'epoch')
    WHERE user_id = ${userId} AND revoked_at IS NULL`.execute(tx)
}
