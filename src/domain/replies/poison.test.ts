import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { balanceOf } from '#domain/credits'
import { createMemory } from '#domain/memory'
import { systemClock } from '#platform/clock'
import { createLeases } from '#platform/leases'
import { openRooms } from '#test/rooms'
import { openTestSafeguard } from '#test/safeguard'
import { silentLog } from '#test/silent-log'
import { beginConversation } from './beginning/begin-conversation.ts'
import { createLiveReplies } from './live-replies.ts'
import { TURN_QUEUE } from './turn-queue-store.ts'
import { findTurn } from './turn-store.ts'
import { type WriteReplyDeps, writeReply } from './write-reply.ts'

const LEASE_MS = 20_000
/** faults.md F48. */
const CRASHES_MAX = 10

const rooms = await openRooms()
const { db, settle, keyRing, vault, live } = rooms
const leases = createLeases({ pool: rooms.pool })
let asked = 0
const deps: WriteReplyDeps = {
  ...settle,
  leaseDb: db,
  memory: createMemory({ vault, keys: keyRing }),
  catalogue: rooms.catalogue,
  clock: systemClock,
  safeguard: await openTestSafeguard(),
  live: createLiveReplies({ live, announce: settle.announce }),
  log: silentLog,
  model: {
    name: 'answers at once',
    isDemonstration: false,
    contextTokens: 8_192,
    async *streamReply() {
      asked += 1
      yield 'ответ'
    },
  },
}

async function ask(userId: string, text: string): Promise<string> {
  const { turnId } = await rooms.receive({
    source: 'page',
    key: randomUUID(),
    sender: { userId },
    channel: 'web',
    interface: 'browser',
    contentType: 'text',
    text,
    address: null,
    sentAt: null,
  })
  return turnId ?? ''
}

async function takeNext() {
  const [row] = await leases.take(TURN_QUEUE, { limit: 1, leaseMs: LEASE_MS })
  assert.ok(row)
  return { id: row.id, userId: row.user_id, leaseToken: row.lease_token }
}

test('F48 a question that takes its worker down again and again is given up, costs nothing, and the next is answered', async () => {
  const { userId } = await rooms.newPerson()
  await beginConversation(
    { ...settle, catalogue: rooms.catalogue },
    { userId, personaId: 'arina', interface: 'browser' },
  )
  const before = await balanceOf(db, userId)
  const poison = await ask(userId, 'от этого падают')
  const next = await ask(userId, 'а это обычный вопрос')
  for (let crash = 1; crash <= CRASHES_MAX; crash += 1) {
    const { id } = await takeNext()
    assert.equal(id, poison)
    // Its worker is gone and the lease has ended.
    await sql`UPDATE turns SET due_at = now() WHERE id = ${poison}`.execute(db)
  }
  await writeReply(deps, await takeNext(), new AbortController().signal)
  assert.equal(asked, 0)
  const given = await findTurn(db, userId, poison)
  assert.deepEqual([given?.state, given?.code], ['failed', 'worker_crashed'])
  const second = await takeNext()
  assert.equal(second.id, next)
  await writeReply(deps, second, new AbortController().signal)
  assert.equal((await findTurn(db, userId, next))?.state, 'done')
  const after = await balanceOf(db, userId)
  assert.equal(after.available.basic, before.available.basic - 1)
  assert.equal(after.held.basic, 0)
})
