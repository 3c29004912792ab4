import type { Locale } from '#contract/words'
import { recordAudit } from '#domain/audit'
import {
  endSessionsFor,
  type KnownIdentity,
  listIdentities,
  type MergePart,
  moveSession,
  type PartJournal,
  readUser,
  repointSessions,
  voidEmailCodes,
} from '#domain/identity'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { allowLongStatements, closeJournals, insertMerge, type MergeWay, writeJournal } from './journal-store.ts'
import { supersedeLinksOf } from './link-store.ts'

export interface MergeDeps {
  vault: Vault
  /** Of every room with a user column, in the order in which they run. */
  parts: readonly MergePart[]
}

/** What others must be told once it is committed. */
export interface Merged {
  mergeId: string
  survivorId: string
  absorbedId: string
  locale: Locale
  /** Where the web side can be told. */
  absorbedEmail: string | null
  survivorTelegram: { externalId: string; displayName: string; username: string | null; reachable: boolean } | null
  /** The absorbed user's sessions, all of which left. */
  endedSessionIds: string[]
  /** The one that confirmed goes on as the survivor's. */
  movedSessionId: string | null
}

/**
 * Makes two users one, in the transaction of whoever decided it: both rows are locked, and nothing speaks against it.
 * The absorbed one's sessions end, but the one that confirmed.
 */
export async function mergeUsers(
  tx: Executor,
  { vault, parts }: MergeDeps,
  {
    survivorId,
    absorbedId,
    sessionId,
    way,
  }: { survivorId: string; absorbedId: string; sessionId: string | null; way: MergeWay },
): Promise<Merged> {
  await allowLongStatements(tx)
  const both = [survivorId, absorbedId]
  await closeJournals(tx, both)
  await supersedeLinksOf(tx, both)
  const theirs = await listIdentities(tx, absorbedId)
  const moved =
    sessionId !== null && (await moveSession(tx, { sessionId, fromUserId: absorbedId, toUserId: survivorId }))
  const ended = await endSessionsFor(tx, absorbedId, null)
  await repointSessions(tx, absorbedId, survivorId)
  const merge = await insertMerge(tx, { id: newId(), survivorId, absorbedId, way })
  const journal: Record<string, PartJournal> = {}
  for (const part of parts) journal[part.room] = await part.merge(tx, merge)
  await writeJournal(tx, merge.id, journal)
  const all = await listIdentities(tx, survivorId)
  await voidEmailCodes(tx, vault, addressesOf(all))
  await recordAudit(tx, { kind: 'merged', userId: survivorId, details: { mergeId: merge.id, absorbedId, way } })
  const user = await readUser(tx, survivorId)
  const telegram = all.find(({ channel }) => channel === 'telegram')
  return {
    mergeId: merge.id,
    survivorId,
    absorbedId,
    locale: user?.locale ?? 'ru',
    absorbedEmail: addressesOf(theirs)[0] ?? null,
    survivorTelegram: telegram
      ? {
          externalId: telegram.externalId,
          displayName: telegram.displayName,
          username: telegram.username,
          reachable: telegram.reachable,
        }
      : null,
    endedSessionIds: ended,
    movedSessionId: moved ? sessionId : null,
  }
}

function addressesOf(identities: readonly KnownIdentity[]): string[] {
  return identities.filter(({ provider }) => provider === 'email').map(({ externalId }) => externalId)
}
