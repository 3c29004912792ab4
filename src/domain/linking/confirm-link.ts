import { randomInt } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { LinkedTelegram } from '#contract/api'
import { LINK_CODE_LENGTH } from '#contract/limits'
import { recordAudit } from '#domain/audit'
import { holdsSession, lockUsers } from '#domain/identity'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { MergeWay } from './journal-store.ts'
import { awaitCode, endLink, findLink, lockLink } from './link-store.ts'
import { deathOf, hashLinkCode, hashLinkSecret, isLinkSecret, type Link } from './link-token.ts'
import { type BothSides, conflictOf, readBothSides } from './may-link.ts'
import { type MergeDeps, type Merged, mergeUsers } from './merge-users.ts'
import { isStranger, type LinkRefusal, type LinkVisitor } from './preview-link.ts'
import { stakeOf } from './stake-of.ts'

export interface LinkDeps extends MergeDeps {
  db: Kysely<Database>
}

export type ConfirmOutcome =
  | { linked: Merged }
  /** The web user has something to lose: these digits must come from the bot's chat, and the owner is warned. */
  | { code: string; expiresAt: Date; email: string | null; telegram: LinkedTelegram }
  | { refused: LinkRefusal | 'not_fresh' }

/** The word of whoever is signed in, given on our page. Of many at once on one link exactly one is heard. */
export async function confirmLink(deps: LinkDeps, secret: string, visitor: LinkVisitor): Promise<ConfirmOutcome> {
  const link = isLinkSecret(secret) ? await findLink(deps.db, hashLinkSecret(secret)) : null
  if (!link || isStranger(link, visitor.userId)) return { refused: 'unknown' }
  return inTransaction(deps.db, async (tx) => {
    const webUserId = link.origin === 'web' ? (link.webUserId ?? '') : visitor.userId
    const ready = await lockReady(tx, link, webUserId)
    if ('refused' in ready) return ready
    // The session may have ended, or gone to another user, while the locks were waited for.
    if (!visitor.fresh || !(await holdsSession(tx, visitor))) return { refused: 'not_fresh' }
    if (link.origin === 'bot' && (await stakeOf(tx, deps.parts, webUserId)).precious) {
      return askForCode(tx, deps, { ...ready, webUserId, sessionId: visitor.sessionId })
    }
    const way = link.origin === 'web' ? 'logins' : 'link'
    return { linked: await settle(tx, deps, { ...ready, webUserId, sessionId: visitor.sessionId, way }) }
  })
}

/** Locks both users, then the link, and looks again: what was true before the locks need not be true now. */
export async function lockReady(
  tx: Executor,
  { id, telegramUserId }: Link,
  webUserId: string,
): Promise<{ link: Link; sides: BothSides } | { refused: LinkRefusal }> {
  const users = await lockUsers(tx, [telegramUserId, webUserId])
  const link = await lockLink(tx, id)
  const dead = deathOf(link, webUserId)
  if (dead || !link) return { refused: dead ?? 'unknown' }
  const living = [telegramUserId, webUserId].every((userId) => users.get(userId)?.mergedInto === null)
  if (!living) return { refused: 'superseded' }
  const sides = await readBothSides(tx, telegramUserId, webUserId)
  const conflict = conflictOf(sides)
  return conflict ? { refused: conflict } : { link, sides }
}

/** Joins the two of a locked link and uses it up. */
export async function settle(
  tx: Executor,
  deps: MergeDeps,
  { link, webUserId, sessionId, way }: { link: Link; webUserId: string; sessionId: string | null; way: MergeWay },
): Promise<Merged> {
  await endLink(tx, link.id, 'used')
  return mergeUsers(tx, deps, { survivorId: link.telegramUserId, absorbedId: webUserId, sessionId, way })
}

async function askForCode(
  tx: Executor,
  { vault }: MergeDeps,
  { link, sides, webUserId, sessionId }: { link: Link; sides: BothSides; webUserId: string; sessionId: string },
): Promise<ConfirmOutcome> {
  const code = randomInt(10 ** LINK_CODE_LENGTH)
    .toString()
    .padStart(LINK_CODE_LENGTH, '0')
  const codeHash = hashLinkCode(vault, link.id, code)
  const expiresAt = await awaitCode(tx, { id: link.id, webUserId, sessionId, codeHash })
  await recordAudit(tx, { kind: 'link_code_issued', userId: webUserId, details: { linkId: link.id } })
  const telegram = sides.telegram.find(({ channel }) => channel === 'telegram')
  return {
    code,
    expiresAt,
    email: sides.web.find(({ provider }) => provider === 'email')?.externalId ?? null,
    telegram: { displayName: telegram?.displayName ?? '', username: telegram?.username ?? null },
  }
}
