import { sql } from 'kysely'
import { type Executor, sweep } from '#platform/postgres'

export interface ProofLimits {
  maxUses: number
  /** Counted from the first use. */
  withinSeconds: number
  /** How long the use must be remembered: at least as long as the payload itself would be accepted. */
  keepSeconds: number
}

/**
 * Counts one use of a signed payload and says whether it was still allowed: one statement, the database's clock, so
 * that parallel uses and several processes agree. `proofHash` must tell kinds of payload apart.
 */
export async function spendProof(executor: Executor, proofHash: Buffer, limits: ProofLimits): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO proof_uses (proof_hash, uses, expires_at)
    VALUES (${proofHash}, 1, now() + make_interval(secs => ${limits.keepSeconds}))
    ON CONFLICT (proof_hash) DO UPDATE SET uses = proof_uses.uses + 1
    WHERE proof_uses.uses < ${limits.maxUses}
      AND proof_uses.first_used_at > now() - make_interval(secs => ${limits.withinSeconds})
    RETURNING uses`.execute(executor)
  return rows.length === 1
}

export async function deleteExpiredProofs(executor: Executor): Promise<void> {
  await sweep(
    executor,
    (limit) => sql`
      DELETE FROM proof_uses WHERE proof_hash = ANY(ARRAY(
        SELECT proof_hash FROM proof_uses WHERE expires_at < now() LIMIT ${limit}))`,
  )
}
