import type { Executor } from '#platform/postgres'
import { deleteIdentity, type KnownIdentity, listIdentities } from './identity-store.ts'
import { forgetLostProofs, freshProofs, revokeSessionsOf } from './session-proof-store.ts'

export type Removal =
  | { refused: 'absent' | 'last_login' | 'not_fresh' }
  | { refused: null; removed: KnownIdentity; endedSessionIds: string[] }

/**
 * Takes a login away from a user whose row the caller has locked. Refused for somebody else's, for the last one, and
 * unless another login was proven in this session within the last minutes: who has found an open browser must not be
 * able to lock its owner out. `onTrial`: logins whose word counts only against each other. Sessions that rest on the lost
 * login alone end.
 */
export async function removeIdentity(
  tx: Executor,
  {
    userId,
    sessionId,
    identityId,
    onTrial,
  }: { userId: string; sessionId: string; identityId: string; onTrial: ReadonlySet<string> },
): Promise<Removal> {
  const identities = await listIdentities(tx, userId)
  const removed = identities.find(({ id }) => id === identityId)
  if (!removed) return { refused: 'absent' }
  if (identities.length === 1) return { refused: 'last_login' }
  const proven = await freshProofs(tx, sessionId)
  proven.delete(removed.id)
  if (!onTrial.has(removed.id)) for (const id of onTrial) proven.delete(id)
  if (proven.size === 0) return { refused: 'not_fresh' }
  const endedSessionIds = await revokeSessionsOf(tx, { userId, identityId: removed.id, exceptSessionId: sessionId })
  await deleteIdentity(tx, removed.id)
  await forgetLostProofs(tx, userId)
  return { refused: null, removed, endedSessionIds }
}
