import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userTopic } from '#domain/identity'
import { openRooms } from '#test/rooms'
import { waitFor } from '#test/wait-for'
import { startTestStreams } from './start-test-streams.ts'

const rooms = await openRooms()
const readings = { now: 0, most: 0, all: 0 }
let gate: Promise<void> | null = null
const history: typeof rooms.history = {
  ...rooms.history,
  async page(...asked) {
    readings.all += 1
    readings.now += 1
    readings.most = Math.max(readings.most, readings.now)
    await gate
    return rooms.history.page(...asked).finally(() => {
      readings.now -= 1
    })
  },
}
const { newReader } = await startTestStreams({ ...rooms, history })

test('a stream reads what it missed once at a time, also when lines come while it opens', async () => {
  const reader = await newReader()
  const { promise, resolve: letGo } = Promise.withResolvers<void>()
  gate = promise
  const page = await reader.open(0)
  await waitFor(() => readings.now === 1)
  // The next line is not the one after 0: something is missing before it.
  await reader.say('пока читается')
  rooms.live.publish(userTopic(reader.userId), { kind: 'presence.changed' })
  await page.next('presence')
  assert.equal(readings.most, 1)
  letGo()
  gate = null
  await page.next('message', ({ text }) => text === 'пока читается')
  await reader.say('потом')
  await page.next('message', ({ text }) => text === 'потом')
  assert.equal(readings.most, 1)
  const seqs = page.all('message').map(({ seq }) => seq)
  assert.deepEqual(
    seqs,
    seqs.map((_, at) => at + 1),
  )
})
