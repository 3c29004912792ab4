import { timingSafeEqual } from 'node:crypto'
import { recordAudit } from '#domain/audit'
import { holdsSession } from '#domain/identity'
import { type Executor, inTransaction } from '#platform/postgres'
import { type LinkDeps, lockReady, settle } from './confirm-link.ts'
import { countWrongCode, endLink, findAwaited, forgetCode } from './link-store.ts'
import { CODE_TRIES_MAX, hashLinkCode, type Link } from './link-token.ts'
import type { LinkConflict } from './may-link.ts'
import type { Merged } from './merge-users.ts'

export type CodeOutcome =
  /** No code is awaited: the digits are a message like any other. */
  | { kind: 'none' }
  | { kind: 'repeated' }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'voided' }
  | { kind: 'expired' }
  | { kind: 'refused'; code: LinkConflict }
  | { kind: 'linked'; merged: Merged }

/** Whether the bot's chat of this Telegram user is awaited to send a code. */
export async function hasOpenCode(db: Executor, userId: string): Promise<boolean> {
  return (await findAwaited(db, userId)) !== null
}

/**
 * Digits typed into the chat that asked for the link: whoever holds both the page and the chat is one person. `once`
 * says, with both users locked, whether this message of the chat is new.
 */
export async function enterLinkCode(
  deps: LinkDeps,
  { userId, code, once }: { userId: string; code: string; once(tx: Executor, userId: string): Promise<boolean> },
): Promise<CodeOutcome> {
  const awaited = await findAwaited(deps.db, userId)
  if (!awaited?.webUserId) return { kind: 'none' }
  const { webUserId } = awaited
  return inTransaction(deps.db, async (tx) => {
    const ready = await lockReady(tx, awaited, webUserId)
    if (!(await once(tx, userId))) return { kind: 'repeated' }
    if ('refused' in ready) return refuse(tx, awaited, ready.refused)
    if (!isRight(deps, ready.link, code)) return countWrong(tx, ready.link)
    const { sessionId } = ready.link
    // Who ended the session that asked for the code wanted nothing more to come of it.
    if (sessionId === null || !(await holdsSession(tx, { sessionId, userId: webUserId })))
      return refuse(tx, ready.link, 'expired')
    return { kind: 'linked', merged: await settle(tx, deps, { ...ready, webUserId, sessionId, way: 'code' }) }
  })
}

async function refuse(tx: Executor, link: Link, why: string): Promise<CodeOutcome> {
  if (why === 'telegram_already_linked' || why === 'web_already_linked') return { kind: 'refused', code: why }
  if (why === 'expired') await forgetCode(tx, link.id)
  return { kind: why === 'voided' ? 'voided' : 'expired' }
}

function isRight({ vault }: LinkDeps, { id, codeHash }: Link, code: string): boolean {
  return codeHash !== null && timingSafeEqual(codeHash, hashLinkCode(vault, id, code))
}

async function countWrong(tx: Executor, link: Link): Promise<CodeOutcome> {
  const triesLeft = CODE_TRIES_MAX - link.codeTries - 1
  await countWrongCode(tx, link.id)
  await recordAudit(tx, {
    kind: 'link_code_wrong',
    userId: link.telegramUserId,
    details: { linkId: link.id, triesLeft },
  })
  if (triesLeft > 0) return { kind: 'wrong', triesLeft }
  await endLink(tx, link.id, 'voided')
  return { kind: 'voided' }
}
