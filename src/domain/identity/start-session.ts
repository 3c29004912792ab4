import { newId, randomToken } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import { hashSessionToken, type SessionInterface, sessionLifetimeSeconds } from './session.ts'
import { insertSession } from './session-store.ts'

const TOKEN_BYTES = 32
const DEVICE_MAX_LENGTH = 100

export interface NewSession {
  userId: string
  interface: SessionInterface
  /** A few words for people, e.g. `Firefox, Linux`. */
  device: string
}

export interface StartedSession {
  id: string
  /** Shown once; only its hash is kept. */
  token: string
  expiresAt: Date
}

/** A new session with a new secret: nothing of an earlier one is carried over. */
export async function startSession(
  tx: Executor,
  { userId, interface: sessionInterface, device }: NewSession,
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
  return { id, token, expiresAt }
}
