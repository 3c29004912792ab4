import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { activeConversation } from '#domain/conversations'
import { createMemory } from '#domain/memory'
import { createCatalogue, publishPersonas, readWithdrawn } from '#domain/personas'
import { systemClock } from '#platform/clock'
import { openRooms } from '#test/rooms'
import { openTestSafeguard } from '#test/safeguard'
import { beginConversation, restartConversation } from '../index.ts'
import { preparePrompt } from '../prompt/prepare-prompt.ts'
import { findTurn } from '../turn-store.ts'

const rooms = await openRooms()
const { db, vault, keyRing, history, settle } = rooms

test('a companion that was withdrawn goes on in the talk it is in, and begins no other', async () => {
  const userId = await rooms.newReader()
  const conversationId = await rooms.begin(userId, 'arina')
  const files = ['cassandra'].map((id) => rooms.catalogue.find(id)).filter((file) => file !== null)
  await db.transaction().execute((tx) => publishPersonas(tx, files))
  const catalogue = createCatalogue(files, await readWithdrawn(db))
  const deps = { ...settle, catalogue }
  assert.deepEqual(await beginConversation(deps, { userId, personaId: 'arina', interface: 'browser' }), {
    absent: 'persona',
  })
  assert.deepEqual(await restartConversation(deps, { userId, conversationId, interface: 'bot' }), { absent: 'persona' })
  assert.equal((await activeConversation(db, userId))?.id, conversationId)
  const { turnId } = await rooms.receive({
    source: 'page',
    key: randomUUID(),
    sender: { userId },
    channel: 'web',
    interface: 'browser',
    contentType: 'text',
    text: 'Ты ещё здесь?',
    address: null,
    sentAt: null,
  })
  const turn = await findTurn(db, userId, turnId ?? '')
  assert.ok(turn)
  const memory = createMemory({ vault, keys: keyRing })
  const model = { contextTokens: 32_000 }
  const safeguard = await openTestSafeguard()
  const prepared = await preparePrompt({ db, history, memory, catalogue, model, clock: systemClock, safeguard }, turn)
  assert.ok(prepared && 'prompt' in prepared)
  assert.ok(prepared.prompt.system.includes('Арин'))
  assert.equal(prepared.prompt.messages.at(-1)?.text, 'Ты ещё здесь?')
})
