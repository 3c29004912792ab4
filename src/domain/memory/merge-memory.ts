import { activeConversation, conversationIds, RESTORE_DAYS } from '#domain/conversations'
import { type KeyRing, type MergePart, readOwnKey } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { factPlace } from './fact.ts'
import {
  allFacts,
  keepUpOnly,
  moveFacts,
  moveMemories,
  resealFact,
  returnMemories,
  rewriteJoined,
} from './merge-memory-store.ts'

/** This room's part: facts follow their lines, by `merged_lines`; summaries that would mix two users are written anew. */
export function memoryPart({ vault, keys }: { vault: Vault; keys: KeyRing }): MergePart {
  return {
    room: 'memory',
    tables: { memories: 'moves', facts: 'moves' },
    async merge(tx, { absorbedId, survivorId }) {
      await moveFacts(tx)
      await moveMemories(tx, absorbedId, survivorId)
      await rewriteJoined(tx, absorbedId, survivorId)
      await keepUp(tx, survivorId)
      return {}
    },
    async undo(tx, { absorbedId, survivorId, mergedAt }) {
      await moveFacts(tx)
      await resealFacts(tx, { absorbedId, survivorId })
      const theirs = await conversationIds(tx, absorbedId)
      await returnMemories(tx, { absorbedId, survivorId, since: mergedAt, conversationIds: theirs })
      await keepUp(tx, survivorId)
      await keepUp(tx, absorbedId)
      return {}
    },
  }

  /** What was drawn or edited since the merge is sealed with the survivor's key, which stays. */
  async function resealFacts(
    tx: Executor,
    { absorbedId, survivorId }: { absorbedId: string; survivorId: string },
  ): Promise<void> {
    const { keyId, wrappedKey } = await readOwnKey(tx, absorbedId)
    const theirs = keys.remember(absorbedId, keyId, wrappedKey)
    for (const { id, sealedText } of await allFacts(tx, absorbedId)) {
      const sealedBy = vault.keyIdOf(sealedText)
      if (sealedBy === keyId) continue
      const text = vault.open(await keys.byId(survivorId, sealedBy), factPlace(id), sealedText)
      await resealFact(tx, absorbedId, id, vault.seal(theirs, factPlace(id), text))
    }
  }
}

async function keepUp(tx: Executor, userId: string): Promise<void> {
  const active = await activeConversation(tx, userId)
  await keepUpOnly(tx, { userId, activeId: active?.id ?? null, days: RESTORE_DAYS })
}
