import type { Locale } from '#contract/words'
import type { Executor } from '#platform/postgres'
import { changeSecret } from './change-secret.ts'
import type { KeyRing } from './key-ring.ts'
import { hashSessionToken, isSessionToken, type SessionInterface, sessionLifetimeSeconds } from './session.ts'
import { readAndTouchSession } from './session-store.ts'

export interface FoundSession {
  id: string
  userId: string
  interface: SessionInterface
  locale: Locale
  /** Whether the person has confirmed to be of age. */
  adult: boolean
  keyId: string
  /** Whether the person has proven an identity in this session in the last minutes. */
  fresh: boolean
  /** Its life was prolonged just now; a cookie that carries it should be too. */
  renewed: boolean
  /** Set when the session has to change its secret: does it and returns the new one, or null when another request was faster. */
  changeSecret: (() => Promise<string | null>) | null
}

export type SessionFinder = (token: string) => Promise<FoundSession | null>

/**
 * Finds the living session of a token in one round trip, prolongs it at most once a minute, and leaves the user's key
 * in the key ring. A secret that was changed leads there for a minute more. Null for an unknown, expired or revoked one.
 */
export function createSessionFinder({ db, keyRing }: { db: Executor; keyRing: KeyRing }): SessionFinder {
  const lifetimes = { webapp: sessionLifetimeSeconds('webapp'), browser: sessionLifetimeSeconds('browser') }
  return async (token) => {
    if (!isSessionToken(token)) return null
    const row = await readAndTouchSession(db, hashSessionToken(token), lifetimes)
    if (!row) return null
    keyRing.remember(row.user_id, row.key_id, row.wrapped_key)
    return {
      id: row.id,
      userId: row.user_id,
      interface: row.interface,
      locale: row.locale,
      adult: row.adult,
      keyId: row.key_id,
      fresh: row.fresh,
      renewed: row.renewed,
      changeSecret: row.must_rotate ? () => changeSecret(db, row.id, token) : null,
    }
  }
}
