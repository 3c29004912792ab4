import { newId, randomToken } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import { hashSessionToken, type SessionInterface, sessionLifetimeSeconds, TOKEN_BYTES } from './session.ts'
import { carryProofs, recordProof } from './session-proof-store.ts'
import { insertSession } from './session-store.ts'

const DEVICE_MAX_LENGTH = 100

export interface NewSession {
  userId: string
  interface: SessionInterface
  /** A few words for people, e.g. `Firefox, Linux`. */
  device: string
  /** The identity that was proven to get in. */
  provenIdentityId?: string | undefined
  /** How old that proof was when it came. */
  provenSecondsAgo?: number | undefined
  /** The session that this one replaces; what was proven there holds here if it is the same user's. */
  keepProofsOf?: string | undefined
}

export interface StartedSession {
  id: string
  /** Shown once; only its hash is kept. */
  token: string
  expiresAt: Date
}

/** A new session with a new secret: nothing of an earlier one is carried over but, if asked for, what was proven there. */
export async function startSession(
  tx: Executor,
  { userId, interface: sessionInterface, device, provenIdentityId, keepProofsOf, provenSecondsAgo = 0 }: NewSession,
): Promise<StartedSession> {
  const id = newId()
  const token = randomToken(TOKEN_BYTES)
  const expiresAt = await insertSession(tx, {
    id,
    userId,
    tokenHash: hashSessionToken(token),
    interface: sessionInterface,
    device: device.slice(0, DEVICE_MAX_LENGTH),
    lifetimeSeconds: sessionLifetimeSeconds(sessionInterface),
  })
  if (keepProofsOf) await carryProofs(tx, keepProofsOf, id)
  if (provenIdentityId) await recordProof(tx, id, provenIdentityId, provenSecondsAgo)
  return { id, token, expiresAt }
}
