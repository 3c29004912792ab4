import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../api/api-error.ts'
import { followEvents } from './follow-events.ts'

/** A line to a server that answers as told; every waiting is cut short at once. */
function follow(answers: (() => Response | ApiError)[]) {
  const asked: number[] = []
  const seen: number[] = []
  const statuses: string[] = []
  let wake = () => {}
  let over = () => {}
  const end = new Promise<void>((resolve) => {
    over = resolve
  })
  const stop = followEvents({
    async open(lastEventId) {
      asked.push(lastEventId)
      const answer = answers.shift()?.() ?? new ApiError({ status: 401, code: 'signed_out' })
      if (answer instanceof ApiError && answer.status === 401) setImmediate(over)
      if (answer instanceof ApiError) throw answer
      return answer
    },
    lastEventId: () => seen.at(-1) ?? 0,
    onOpen: () => undefined,
    onEvent: (event) => event.name === 'message' && seen.push(event.data.seq),
    onStatus: (status) => {
      statuses.push(status)
      if (status !== 'live') setImmediate(() => wake())
    },
    onWake: (given) => {
      wake = given
      return () => undefined
    },
  })
  return { asked, seen, statuses, stop, end }
}

const stream = (text: string) => () => new Response(text)
const message = (seq: number) => `id: ${seq}\nevent: message\ndata: {"seq":${seq}}\n\n`
const silence = () => new ApiError({ status: 0, code: 'unreachable' })

test('after a cut the stream goes on behind the last message seen', async () => {
  const line = follow([stream(message(1) + message(2)), silence, stream(message(3)), stream('')])
  await line.end
  assert.deepEqual(line.seen, [1, 2, 3])
  assert.deepEqual(line.asked, [0, 2, 2, 3, 3])
})

test('a cut is told only when the first quiet try has failed', async () => {
  const line = follow([stream(message(1)), stream(message(2)), silence])
  await line.end
  assert.deepEqual(line.statuses, ['connecting', 'live', 'connecting', 'live', 'connecting', 'waiting'])
})

test('401 ends it for good', async () => {
  const line = follow([])
  await line.end
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(line.asked, [0])
})

test('names of a newer server and broken data are left out', async () => {
  const line = follow([stream(`event: party\ndata: {}\n\nevent: message\ndata: {broken\n\n${message(5)}`)])
  await line.end
  assert.deepEqual(line.seen, [5])
})
