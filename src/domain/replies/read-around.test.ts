import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockUser } from '#domain/identity'
import { newId } from '#platform/ids'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import { readAround } from './index.ts'

const LINES = 30
const rooms = await openRooms()
const { db, history } = rooms

async function readerWithLines(): Promise<{ userId: string; ids: string[] }> {
  const userId = await rooms.newReader()
  const ids: string[] = []
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    const line = { channel: 'web', interface: 'browser', contentType: 'text', role: 'user', turnId: null } as const
    for (let number = 1; number <= LINES; number += 1) {
      ids.push((await history.append(tx, user, { ...line, conversationId: null, text: `${number}` })).id)
    }
  })
  return { userId, ids }
}

test('the page around a line has it in its middle, and at both ends of the history as much as there is', async () => {
  const { userId, ids } = await readerWithLines()
  const around = async (number: number) => {
    const { messages } = await readAround({ db, history }, userId, { id: ids[number - 1] ?? '', limit: 5 })
    return messages.map(({ text }) => Number(text))
  }
  assert.deepEqual(await around(15), [13, 14, 15, 16, 17])
  assert.deepEqual(await around(1), [1, 2, 3, 4, 5])
  assert.deepEqual(await around(LINES), [LINES - 2, LINES - 1, LINES])
})

test('around a line that is not there, or is somebody else’s, there is nothing', async () => {
  const [one, other] = [await readerWithLines(), await readerWithLines()]
  for (const id of [newId(), other.ids[3] ?? '']) {
    const page = await readAround({ db, history }, one.userId, { id, limit: 5 })
    assert.deepEqual(page, { messages: [], hasMore: false })
  }
})
