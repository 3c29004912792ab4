import type { UndoPreview } from '#contract/api'
import type { Locale } from '#contract/words'
import { recordAudit } from '#domain/audit'
import {
  endSession,
  freshProofs,
  type IdentityJournal,
  type KnownIdentity,
  listIdentities,
  lockUsers,
  moveSession,
  readUser,
  sessionsOfIdentities,
  type UndoShare,
  type UserSignal,
  userTopic,
} from '#domain/identity'
import type { Live } from '#platform/live'
import { type Executor, inTransaction } from '#platform/postgres'
import type { LinkDeps } from './confirm-link.ts'
import { allowLongStatements, findUndoable, type JournaledMerge, markUndone } from './journal-store.ts'
import { supersedeLinksOf } from './link-store.ts'
import { type LinkVisitor, presentWeb } from './preview-link.ts'

/** Both logins of a merge as they are now. */
export interface MergedLogins {
  telegram: KnownIdentity | null
  /** Those that came with it and are still there. */
  web: KnownIdentity[]
  /**
   * Nothing but a link told that both are one person, and nothing was at stake on the web's side: whoever proves one of
   * them may end it.
   */
  eitherWillDo: boolean
}

/** The last merge into this user, if it can be taken back, with the logins that have to be proven for it. */
export async function findLastMerge(
  db: Executor,
  userId: string,
): Promise<{ merge: JournaledMerge; logins: MergedLogins } | null> {
  const merge = await findUndoable(db, userId)
  if (!merge) return null
  const came = new Set((merge.journal.identity as unknown as IdentityJournal | undefined)?.identityIds)
  const all = await listIdentities(db, userId)
  const logins = {
    telegram: all.find(({ channel }) => channel === 'telegram') ?? null,
    web: all.filter(({ id }) => came.has(id)),
    eitherWillDo: merge.way === 'link',
  }
  // A user without any login could never come back.
  return logins.web.length > 0 && logins.telegram ? { merge, logins } : null
}

/**
 * Logins that came by nothing but a link, as long as it can be undone. They must not take away what was there before
 * them: somebody may have found the link.
 */
export async function loginsOnTrial(db: Executor, userId: string): Promise<Set<string>> {
  const last = await findLastMerge(db, userId)
  return new Set(last?.logins.eitherWillDo ? last.logins.web.map(({ id }) => id) : [])
}

/** What undoing would give back at this moment; null when there is nothing to undo. */
export async function previewUndo(
  { db, parts }: Pick<LinkDeps, 'db' | 'parts'>,
  { userId, sessionId }: Pick<LinkVisitor, 'userId' | 'sessionId'>,
): Promise<UndoPreview | null> {
  const last = await findLastMerge(db, userId)
  if (!last) return null
  const { merge, logins } = last
  const share: UndoShare = { messagesBack: 0, messagesStaying: 0, creditsBack: { basic: 0, pro: 0, cassandra: 0 } }
  for (const part of parts) {
    Object.assign(share, await part.previewUndo?.(db, merge, merge.journal[part.room] ?? {}))
  }
  const proven = await freshProofs(db, sessionId)
  return {
    until: merge.undoableUntil.toISOString(),
    telegram: { displayName: logins.telegram?.displayName ?? '', username: logins.telegram?.username ?? null },
    web: presentWeb(logins.web[0], ''),
    back: { messages: share.messagesBack, credits: share.creditsBack },
    stays: { messages: share.messagesStaying },
    proven: {
      telegram: logins.telegram !== null && proven.has(logins.telegram.id),
      web: logins.web.some(({ id }) => proven.has(id)),
    },
    eitherWillDo: logins.eitherWillDo,
  }
}

/** What others must be told once it is committed. */
export interface Undone {
  survivorId: string
  absorbedId: string
  locale: Locale
  absorbedEmail: string | null
  survivorTelegram: { externalId: string; displayName: string; username: string | null; reachable: boolean } | null
  endedSessionIds: string[]
  /** Replies under way that are the web user's again. */
  openTurnIds: string[]
}

/**
 * Takes the last merge into this user back: what came goes, what was written since stays. `prove` spends, in the same
 * transaction, what proves both logins, and throws when they are not proven. A browser that only the web login had
 * opened goes with it; other such browsers are signed out.
 */
export async function undoMerge(
  deps: LinkDeps,
  visitor: { userId: string; sessionId: string },
  prove: (tx: Executor, logins: MergedLogins) => Promise<void>,
): Promise<Undone | { refused: 'nothing_to_undo' }> {
  return inTransaction(deps.db, async (tx) => {
    const found = await findLastMerge(tx, visitor.userId)
    if (!found) return { refused: 'nothing_to_undo' }
    const both = [found.merge.survivorId, found.merge.absorbedId]
    await lockUsers(tx, both)
    const last = await findLastMerge(tx, visitor.userId)
    if (last?.merge.id !== found.merge.id) return { refused: 'nothing_to_undo' }
    const { merge, logins } = last
    await prove(tx, logins)
    await allowLongStatements(tx)
    await supersedeLinksOf(tx, both)
    const theirs = await sessionsOfIdentities(
      tx,
      merge.survivorId,
      logins.web.map(({ id }) => id),
    )
    const openTurnIds: string[] = []
    for (const part of deps.parts) {
      const trace = await part.undo(tx, merge, merge.journal[part.room] ?? {})
      openTurnIds.push(...(trace.openTurnIds ?? []))
    }
    await markUndone(tx, merge.id)
    const endedSessionIds = await settleSessions(tx, merge, { visitor, theirs })
    await recordAudit(tx, { kind: 'undone', userId: merge.survivorId, details: { mergeId: merge.id } })
    return { ...(await present(tx, merge, logins)), endedSessionIds, openTurnIds }
  })
}

async function settleSessions(
  tx: Executor,
  { survivorId, absorbedId }: JournaledMerge,
  { visitor, theirs }: { visitor: { sessionId: string }; theirs: string[] },
): Promise<string[]> {
  const ended: string[] = []
  for (const sessionId of theirs.filter((id) => id !== visitor.sessionId)) {
    if (await endSession(tx, survivorId, sessionId)) ended.push(sessionId)
  }
  if (!theirs.includes(visitor.sessionId)) return ended
  await moveSession(tx, { sessionId: visitor.sessionId, fromUserId: survivorId, toUserId: absorbedId })
  return [...ended, visitor.sessionId]
}

async function present(
  tx: Executor,
  { survivorId, absorbedId }: JournaledMerge,
  { telegram, web }: MergedLogins,
): Promise<Omit<Undone, 'endedSessionIds' | 'openTurnIds'>> {
  const user = await readUser(tx, survivorId)
  return {
    survivorId,
    absorbedId,
    locale: user?.locale ?? 'ru',
    absorbedEmail: web.find(({ provider }) => provider === 'email')?.externalId ?? null,
    survivorTelegram: telegram && {
      externalId: telegram.externalId,
      displayName: telegram.displayName,
      username: telegram.username,
      reachable: telegram.reachable,
    },
  }
}

/** Tells open pages, after the commit. */
export function announceUndone(live: Pick<Live, 'publish'>, undone: Undone): void {
  const { survivorId, absorbedId, endedSessionIds, openTurnIds } = undone
  const tell = (signal: UserSignal) => live.publish(userTopic(survivorId), signal)
  tell({ kind: 'user.moved', userId: absorbedId, turnIds: openTurnIds })
  for (const sessionId of endedSessionIds) tell({ kind: 'session.ended', sessionId })
  tell({ kind: 'reset' })
}
