import { findIdentity, type ProvenIdentity } from '#domain/identity'
import { type AppContext, strangerOf } from '#edges/http'
import type { SignInDeps } from './sign-in-deps.ts'

/**
 * Counts a login that nobody had before, so that one client does not make people by the thousand. Who has been here
 * before comes in however many have come.
 * @throws Problem 429 `rate_limited`; the proof is not used up
 */
export async function countNewcomer(c: AppContext, { db, limits }: SignInDeps, proof: ProvenIdentity): Promise<void> {
  const client = strangerOf(c.var.clientAddress)
  if (proof.channel === 'telegram' || client === null) return
  if (await findIdentity(db, proof.provider, proof.externalId)) return
  await limits.take('newLoginPerClient', client)
}
