import { createHash } from 'node:crypto'
import type { Interface } from '#contract/words'

/** A token of the Mini App, from its last use (contract section 3). */
const WEBAPP_SESSION_SECONDS = 24 * 3600
/** A browser's cookie, from its last use. */
const BROWSER_SESSION_SECONDS = 30 * 24 * 3600

/** Of a session's secret. */
export const TOKEN_BYTES = 32

/** The bot needs no session: every update carries its own proof. */
export type SessionInterface = Exclude<Interface, 'bot'>

/** How a session looks to the person it belongs to. */
export interface SessionSummary {
  id: string
  interface: SessionInterface
  device: string
  lastSeenAt: string
}

/** How long a session lives unused. */
export function sessionLifetimeSeconds(sessionInterface: SessionInterface): number {
  return sessionInterface === 'webapp' ? WEBAPP_SESSION_SECONDS : BROWSER_SESSION_SECONDS
}

/** 32 random bytes in base64url. */
export function isSessionToken(token: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(token)
}

/** Tokens are 256 random bits: a plain hash keeps a stolen table from opening sessions. */
export function hashSessionToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
