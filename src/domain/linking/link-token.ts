import { createHash } from 'node:crypto'
import type { Vault } from '#platform/vault'

/** After this many wrong codes a link is worth nothing. */
export const CODE_TRIES_MAX = 3
export const CODE_LIFETIME_SECONDS = 300
/** As many wrong codes as spoil three links, in a day, over however many links, look like guessing: no new link then. */
export const WRONG_CODES_PER_DAY_MAX = 3 * CODE_TRIES_MAX
export const LOCK_HOURS = 24

export type LinkOrigin = 'bot' | 'web'
export type LinkState = 'open' | 'used' | 'superseded' | 'voided'

/** A link as it lies in the database, with what only the database's clock can say. */
export interface Link {
  id: string
  origin: LinkOrigin
  telegramUserId: string
  webUserId: string | null
  sessionId: string | null
  confirmerUserId: string | null
  state: LinkState
  codeHash: Buffer | null
  codeTries: number
  codeExpiresAt: Date | null
  expired: boolean
  codeExpired: boolean
}

/** Why a link opens nothing (any more). */
export type DeadLink = 'unknown' | 'expired' | 'used' | 'superseded' | 'voided'

/** Null for a link that works. `webUserId`: who asks; a link that waits for somebody else's code is used. */
export function deathOf(link: Link | null, webUserId: string): DeadLink | null {
  if (!link) return 'unknown'
  if (link.state !== 'open') return link.state
  const waits = link.codeHash !== null
  if (waits ? link.codeExpired : link.expired) return 'expired'
  return link.origin === 'bot' && link.webUserId !== null && link.webUserId !== webUserId ? 'used' : null
}

/**
 * The secret of a link, made from its id by the master key: nothing secret is stored, and the message that carries it
 * can be written when it is sent.
 */
export function linkSecret(vault: Vault, linkId: string): string {
  return vault.hmac('link', linkId).toString('base64url')
}

/** 32 bytes in base64url, as `linkSecret` makes them. */
export function isLinkSecret(secret: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(secret)
}

/** Secrets are 256 bits: a plain hash keeps a stolen table from opening links. */
export function hashLinkSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** A code counts for one link alone. */
export function hashLinkCode(vault: Vault, linkId: string, code: string): Buffer {
  return vault.hmac('link code', `${linkId}\n${code}`)
}
