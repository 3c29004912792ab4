import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { lockUser } from '#domain/identity'
import { createLeases } from '#platform/leases'
import { openRooms } from '#test/rooms'
import { beginConversation } from './beginning/begin-conversation.ts'
import { cancelTurn } from './cancel-turn.ts'
import { failTurn } from './fail-turn.ts'
import { finishReply } from './finish-reply.ts'
import { retryTurn } from './retry-turn.ts'
import { TURN_QUEUE } from './turn-queue-store.ts'
import { findTurn, markRunning } from './turn-store.ts'

const LEASE_MS = 20_000

const rooms = await openRooms()
const leases = createLeases({ pool: rooms.pool })

async function personWithTurns(count: number) {
  const { userId } = await rooms.newPerson()
  const choice = { userId, personaId: 'arina', interface: 'browser' } as const
  await beginConversation({ ...rooms.settle, catalogue: rooms.catalogue }, choice)
  const turnIds: string[] = []
  for (let number = 0; number < count; number += 1) {
    const { turnId } = await rooms.receive({
      source: 'page',
      key: randomUUID(),
      sender: { userId },
      channel: 'web',
      interface: 'browser',
      contentType: 'text',
      text: `вопрос ${number}`,
      address: null,
      sentAt: null,
    })
    turnIds.push(turnId ?? '')
  }
  return { userId, turnIds }
}

async function takeNext() {
  const [row] = await leases.take(TURN_QUEUE, { limit: 1, leaseMs: LEASE_MS })
  const leased = row && { id: row.id, userId: row.user_id, leaseToken: row.lease_token }
  return leased ? await markRunning(rooms.db, leased) : null
}

const dueCount = async (userId: string) => {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM turns WHERE user_id = ${userId} AND due_at < 'infinity'
  `.execute(rooms.db)
  return rows[0]?.count
}

test('cancelling a waiting question wakes nobody while another one is being answered', async () => {
  const { userId, turnIds } = await personWithTurns(3)
  const first = await takeNext()
  assert.ok(first)
  await failTurn(rooms.settle, first, 'model_unavailable')
  const second = await takeNext()
  assert.equal(second?.id, turnIds[1])
  assert.equal(await retryTurn(rooms.settle, userId, first.id), 'queued')
  assert.equal(await cancelTurn(rooms.settle, userId, turnIds[2] ?? ''), true)
  assert.equal(await dueCount(userId), 1)
  assert.equal(await takeNext(), null)
})

test('who lost the lease writes nothing, and who has it now does', async () => {
  const { userId } = await personWithTurns(1)
  const first = await takeNext()
  assert.ok(first)
  await sql`UPDATE turns SET due_at = now() WHERE id = ${first.id}`.execute(rooms.db)
  const second = await takeNext()
  assert.equal(second?.id, first.id)
  await finishReply(rooms.settle, first, 'поздно')
  assert.equal((await findTurn(rooms.db, userId, first.id))?.state, 'running')
  assert.ok(second)
  await finishReply(rooms.settle, second, 'вовремя')
  const lines = await rooms.history.page(rooms.db, userId, { limit: 10 })
  assert.deepEqual(
    lines.filter(({ turnId, role }) => role === 'assistant' && turnId).map(({ text }) => text),
    ['вовремя'],
  )
})

test('a question that is asked again long after is still in its own prompt', async () => {
  const { userId, turnIds } = await personWithTurns(1)
  const turn = await takeNext()
  assert.ok(turn?.conversationId)
  for (let number = 0; number < 30; number += 1) {
    await rooms.db.transaction().execute(async (tx) => {
      const user = await lockUser(tx, userId)
      if (!user || !turn.conversationId) return
      const { conversationId } = turn
      const where = { conversationId, turnId: null, role: 'assistant', channel: 'web', interface: 'browser' } as const
      await rooms.history.append(tx, user, { ...where, contentType: 'text', text: 'позже' })
    })
  }
  const recent = await rooms.history.recent(rooms.db, {
    userId,
    conversationId: turn.conversationId,
    questionSeq: turn.messageSeq,
    linesMax: 5,
    lengthMax: 10,
  })
  assert.ok(recent.some(({ turnId }) => turnId === turnIds[0]))
})
