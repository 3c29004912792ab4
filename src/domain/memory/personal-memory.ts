import { eraseInTurn, type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import type { Memory } from './memory.ts'
import { eraseFacts, eraseMemories, factsOfUser, summariesOfUser } from './personal-memory-store.ts'

/** This room's part: what companions remember, opened for its owner. */
export function memoryPersonalData(memory: Pick<Memory, 'openFacts' | 'openSummary'>): PersonalDataPart {
  return {
    room: 'memory',
    tables: { memories: 'erased', facts: 'erased' },
    files: [wholeFile('memory', readMemory)],
    erase: (tx, userIds, most) =>
      eraseInTurn(most, [(left) => eraseFacts(tx, userIds, left), (left) => eraseMemories(tx, userIds, left)]),
  }

  async function readMemory(db: Executor, userId: string): Promise<object[]> {
    const facts = await memory.openFacts(await factsOfUser(db, userId))
    const entries: object[] = facts.map(({ userId: _, ...fact }) => ({ kind: 'fact', ...fact }))
    for (const { conversationId, sealed, writtenAt } of await summariesOfUser(db, userId)) {
      const text = await memory.openSummary(userId, conversationId, sealed)
      entries.push({ kind: 'summary', conversationId, text, writtenAt })
    }
    return entries
  }
}
