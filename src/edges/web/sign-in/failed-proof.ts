import { recordAudit } from '#domain/audit'
import { type AppContext, addressGroup, recogniseCaller } from '#edges/http'
import { clientHash } from './client-hash.ts'
import type { SignInDeps } from './sign-in-deps.ts'

/**
 * Writes down that a proof was none, and counts it against the client.
 * @throws Problem 429 `rate_limited` after too many; those are not written down any more
 */
export async function noteFailedProof(
  c: AppContext,
  deps: SignInDeps,
  { provider, code }: { provider: string; code: string },
): Promise<void> {
  await deps.limits.take('badProofPerClient', addressGroup(c.var.clientAddress))
  const caller = await recogniseCaller(c)
  await recordAudit(deps.db, {
    kind: 'proof_failed',
    userId: caller?.userId ?? null,
    details: { provider, code },
    client: clientHash(c, deps),
  })
}
