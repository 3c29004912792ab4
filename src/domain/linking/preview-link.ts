import type { LinkPreview } from '#contract/api'
import { type KnownIdentity, type MergePart, readUser } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import { findLink } from './link-store.ts'
import { type DeadLink, deathOf, hashLinkSecret, isLinkSecret, type Link } from './link-token.ts'
import { conflictOf, type LinkConflict, readBothSides } from './may-link.ts'
import { stakeOf } from './stake-of.ts'

export type LinkRefusal = DeadLink | LinkConflict

/** Who holds the link in hand: the user of a signed-in page. */
export interface LinkVisitor {
  userId: string
  sessionId: string
  /** A login was proven in this session within the last minutes. */
  fresh: boolean
}

/** Both sides of a link as somebody signed in sees them. Changes nothing. */
export async function previewLink(
  { db, parts }: { db: Executor; parts: readonly MergePart[] },
  secret: string,
  visitor: LinkVisitor,
): Promise<{ preview: LinkPreview } | { refused: LinkRefusal }> {
  const link = isLinkSecret(secret) ? await findLink(db, hashLinkSecret(secret)) : null
  const dead = link && isStranger(link, visitor.userId) ? 'unknown' : deathOf(link, visitor.userId)
  if (dead || !link) return { refused: dead ?? 'unknown' }
  const webUserId = link.webUserId ?? visitor.userId
  const sides = await readBothSides(db, link.telegramUserId, webUserId)
  const conflict = conflictOf(sides)
  if (conflict) return { refused: conflict }
  const stake = await stakeOf(db, parts, webUserId)
  const [web, telegram] = [sides.web[0], sides.telegram.find(({ channel }) => channel === 'telegram')]
  const user = await readUser(db, webUserId)
  return {
    preview: {
      telegram: { displayName: telegram?.displayName ?? '', username: telegram?.username ?? null },
      web: presentWeb(web, user?.displayName ?? ''),
      logins: sides.web.map(({ provider, displayName }) => ({ provider, displayName })),
      moves: { messages: stake.messages, credits: stake.credits },
      origin: link.origin,
      codeRequired: link.origin === 'bot' && stake.precious,
      fresh: visitor.fresh,
    },
  }
}

/**
 * A link between two proven logins waits for the word of whoever was signed in when the second came: somebody who proved
 * the other login at an open page must not answer from elsewhere. Nobody else learns that it exists.
 */
export function isStranger(link: Link, userId: string): boolean {
  return link.origin === 'web' && link.state === 'open' && userId !== link.confirmerUserId
}

/** A web login as its owner knows it. */
export function presentWeb(login: KnownIdentity | undefined, fallbackName: string): LinkPreview['web'] {
  const email = login?.provider === 'email' ? login.externalId : null
  return {
    email,
    provider: login && email === null ? login.provider : null,
    displayName: login?.displayName || fallbackName,
  }
}
