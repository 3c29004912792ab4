import { type KeyRing, lockUsers, type Merge, type MergePart, readOwnKey, rebaseHistory } from '#domain/identity'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { activeConversation, archiveActive, forgetGaps } from './conversation-store.ts'
import {
  countLines,
  countParted,
  lastSignMicros,
  moveLines,
  planJoined,
  plannedPlaces,
  planParted,
  prepareLines,
  replanConversation,
  resealLine,
  writtenSince,
} from './merge-store.ts'
import {
  activateIfNone,
  activateLastIfNone,
  copyConversation,
  hideJoined,
  moveConversations,
  movedConversations,
  returnConversations,
} from './merged-conversation-store.ts'
import { messagePlace } from './message.ts'

/** What this room remembers of a merge. */
interface Journal {
  /** The absorbed user's active conversation. */
  active: string | null
  joined: { from: string; into: string } | null
}

/**
 * The first part of every merge: one history in time order, one active conversation. It leaves `merged_lines` to the
 * parts after it.
 */
export function conversationsPart({ vault, keys }: { vault: Vault; keys: KeyRing }): MergePart {
  return {
    room: 'conversations',
    tables: { conversations: 'moves', messages: 'moves' },
    async stake(db, userId) {
      const messages = await countLines(db, userId)
      return { messages, precious: messages > 0 }
    },
    async merge(tx, merge) {
      const journal = await settleActive(tx, merge)
      await forgetGaps(tx, [merge.absorbedId, merge.survivorId])
      await moveConversations(tx, merge.absorbedId, merge.survivorId)
      await prepareLines(tx)
      if ((await countLines(tx, merge.absorbedId)) === 0) return { ...journal }
      const seqBase = await freshBase(tx, merge)
      const length = await planJoined(tx, { ...merge, seqBase, joined: journal.joined })
      await moveLines(tx, merge.absorbedId)
      await rebaseHistory(tx, merge.survivorId, { seqBase, length })
      return { ...journal }
    },
    async undo(tx, merge, remembered) {
      const journal = remembered as unknown as Journal
      await prepareLines(tx)
      await planParted(tx, { ...merge, seqBase: await freshBase(tx, merge) })
      await partConversations(tx, merge, journal)
      await resealReplies(tx, merge, { vault, keys })
      await partLines(tx, merge)
      await forgetGaps(tx, [merge.absorbedId, merge.survivorId])
      return {}
    },
    async previewUndo(db, { absorbedId, survivorId, mergedAt }) {
      const { back, staying } = await countParted(db, { absorbedId, survivorId, since: mergedAt })
      return { messagesBack: back, messagesStaying: staying }
    },
  }
}

/** Of two active conversations the one with the latest line stays; the same persona and story become one. */
async function settleActive(tx: Executor, { absorbedId, survivorId }: Merge): Promise<Journal> {
  const [theirs, ours] = [await activeConversation(tx, absorbedId), await activeConversation(tx, survivorId)]
  const journal: Journal = { active: theirs?.id ?? null, joined: null }
  if (!theirs || !ours) return journal
  if (theirs.personaId === ours.personaId && theirs.storyId === ours.storyId) {
    await hideJoined(tx, absorbedId, theirs.id, ours.id)
    return { ...journal, joined: { from: theirs.id, into: ours.id } }
  }
  const oursIsLater =
    (await lastSignMicros(tx, absorbedId, theirs.id)) <= (await lastSignMicros(tx, survivorId, ours.id))
  // The places are numbered anew in a moment.
  await archiveActive(tx, oursIsLater ? absorbedId : survivorId, 0)
  return journal
}

/** The first number that neither history has used. */
async function freshBase(tx: Executor, { absorbedId, survivorId }: Merge): Promise<number> {
  const users = await lockUsers(tx, [absorbedId, survivorId])
  return Math.max(...[...users.values()].map(({ lastSeq }) => lastSeq)) + 1
}

/** What came goes back; a talk that went on since leaves a conversation of its own behind. */
async function partConversations(tx: Executor, merge: Merge, { active, joined }: Journal): Promise<void> {
  const { absorbedId, survivorId } = merge
  const moved = await movedConversations(tx, absorbedId, survivorId)
  const movedIds = new Set(moved.map(({ id }) => id))
  let goesOn: string | null = null
  for (const place of await plannedPlaces(tx)) {
    if (place.conversationId === null) continue
    const theirs = movedIds.has(place.conversationId)
    if (place.userId === absorbedId && !theirs) {
      const into = place.conversationId === joined?.into ? joined.from : null
      await replanConversation(tx, { userId: absorbedId, from: place.conversationId, into })
    }
    if (place.userId === survivorId && theirs) {
      const copyId = newId()
      await copyConversation(tx, survivorId, place.conversationId, copyId)
      await replanConversation(tx, { userId: survivorId, from: place.conversationId, into: copyId })
      if (moved.find(({ id }) => id === place.conversationId)?.active) goesOn = copyId
    }
  }
  await returnConversations(tx, { absorbedId, survivorId, hidden: joined?.from ?? null })
  if (active) await activateIfNone(tx, absorbedId, active)
  if (goesOn) await activateIfNone(tx, survivorId, goesOn)
  await activateLastIfNone(tx, survivorId)
}

/** Replies to lines that go back were sealed with the survivor's key, which stays. */
async function resealReplies(
  tx: Executor,
  { absorbedId }: Merge,
  { vault, keys }: { vault: Vault; keys: KeyRing },
): Promise<void> {
  const lines = await writtenSince(tx, absorbedId)
  if (lines.length === 0) return
  const { keyId, wrappedKey } = await readOwnKey(tx, absorbedId)
  const theirs = keys.remember(absorbedId, keyId, wrappedKey)
  for (const { userId, id, sealedText } of lines) {
    const sealedBy = await keys.byId(userId, vault.keyIdOf(sealedText))
    const text = vault.open(sealedBy, messagePlace(id), sealedText)
    await resealLine(tx, userId, id, vault.seal(theirs, messagePlace(id), text))
  }
}

async function partLines(tx: Executor, merge: Merge): Promise<void> {
  const { absorbedId, survivorId } = merge
  const seqBase = await freshBase(tx, merge)
  await moveLines(tx, null)
  const places = await plannedPlaces(tx)
  for (const userId of [absorbedId, survivorId]) {
    const length = places.filter((place) => place.userId === userId).reduce((sum, { lines }) => sum + lines, 0)
    await rebaseHistory(tx, userId, { seqBase, length })
  }
}
