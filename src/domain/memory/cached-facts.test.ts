import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { activeConversation } from '#domain/conversations'
import { lockUser } from '#domain/identity'
import { createLocalCache } from '#platform/cache'
import { systemClock } from '#platform/clock'
import { newId } from '#platform/ids'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import { factPlace } from './fact.ts'
import { insertFact } from './fact-store.ts'
import { createMemory, type Memory } from './index.ts'

const RUNS = 15
const rooms = await openRooms()
const { db, vault, keyRing: keys } = rooms
const plain = createMemory({ vault, keys })
const caching = () => createMemory({ vault, keys, cache: createLocalCache({ clock: systemClock }) })

type Deed = { kind: 'learn' | 'edit' | 'forget'; dice: number }
const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('learn', 'learn', 'edit', 'forget'),
  dice: fc.nat({ max: 99 }),
})

test('whatever is learnt, rewritten or forgotten, here or in another process: what is recalled is what PostgreSQL alone gives', async () => {
  const property = fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 15 }), async (deeds) => {
    const userId = await rooms.newReader()
    await rooms.begin(userId, 'arina')
    const processes = [caching(), caching()]
    for (const { kind, dice } of deeds) {
      await happen(processes[dice % 2] ?? plain, userId, { kind, dice })
      for (const memory of [...processes, ...processes]) {
        assert.deepEqual(await recall(memory, userId), await recall(plain, userId))
      }
    }
  })
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
})

test('what does not open is told of at every reading, and the rest is given', async () => {
  const userId = await rooms.newReader()
  await rooms.begin(userId, 'arina')
  const damaged: string[] = []
  const cache = createLocalCache({ clock: systemClock })
  const memory = createMemory({ vault, keys, cache, onDamage: ({ id }) => damaged.push(id) })
  for (const text of ['one', 'two']) await learn(userId, text)
  await recall(memory, userId)
  await db
    .updateTable('facts')
    .set({ sealed_text: Buffer.alloc(60) })
    .where('user_id', '=', userId)
    .execute()
  await learn(userId, 'three')
  for (const told of [2, 4]) {
    assert.deepEqual((await recall(memory, userId)).facts, ['three'])
    assert.equal(damaged.length, told)
  }
})

async function recall(memory: Memory, userId: string) {
  const conversation = await activeConversation(db, userId)
  assert.ok(conversation)
  return memory.recall(db, conversation, [])
}

async function happen(memory: Memory, userId: string, { kind, dice }: Deed): Promise<void> {
  const facts = await plain.list(db, userId, () => [])
  const fact = facts[dice % Math.max(1, facts.length)]
  if (kind === 'learn') await learn(userId, `fact ${dice}`)
  else if (fact && kind === 'edit')
    await inTransaction(db, (tx) => memory.edit(tx, userId, fact.id, `rewritten ${dice}`))
  else if (fact) await inTransaction(db, (tx) => memory.forget(tx, userId, fact.id))
}

async function learn(userId: string, text: string): Promise<void> {
  const conversation = await activeConversation(db, userId)
  assert.ok(conversation)
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    const id = newId()
    const sealedText = vault.seal(keys.remember(user.id, user.keyId, user.wrappedKey), factPlace(id), text)
    const of = { userId, conversationId: conversation.id, messageId: newId(), turnId: null }
    await insertFact(tx, { id, ...of, sealedText })
  })
}
