import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { createStore } from '../shell/store.ts'
import { createOutbox } from './outbox.ts'
import { emptyTimeline, type Outgoing } from './timeline.ts'

type Answer = (line: Outgoing) => 'accept' | ApiError

function begin(answer: Answer, fate: 'failed' | 'unsent' | 'discard' = 'failed') {
  const timeline = createStore(emptyTimeline)
  const posted: Outgoing[] = []
  const outbox = createOutbox({
    timeline,
    onRefused: () => fate,
    post: async (line) => {
      posted.push(line)
      const answered = answer(line)
      if (answered !== 'accept') throw answered
      return { message: accepted(posted.length, line.text), turnId: `t${posted.length}` }
    },
  })
  return { timeline, outbox, posted }
}

const accepted = (seq: number, text: string): Message => ({
  id: `m${seq}`,
  seq,
  conversationId: 'c1',
  role: 'user',
  channel: 'web',
  interface: 'browser',
  contentType: 'text',
  text,
  createdAt: '2026-11-14T21:04:00Z',
})
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('lines go one after the other in the order in which they were written', async () => {
  const { timeline, outbox, posted } = begin(() => 'accept')
  for (const text of ['one', 'two', 'three']) outbox.add(text)
  await settled()
  assert.deepEqual(
    posted.map(({ text }) => text),
    ['one', 'two', 'three'],
  )
  assert.deepEqual(timeline.get().outbox, [])
  assert.deepEqual(
    timeline.get().messages.map(({ text }) => text),
    ['one', 'two', 'three'],
  )
})

test('after silence the line waits and the second try has the same key', async () => {
  let silent = true
  const { timeline, outbox, posted } = begin(() =>
    silent ? new ApiError({ status: 0, code: 'unreachable' }) : 'accept',
  )
  outbox.add('one')
  outbox.add('two')
  await settled()
  assert.deepEqual(
    timeline.get().outbox.map(({ state }) => state),
    ['unsent', 'unsent'],
  )
  silent = false
  outbox.flush()
  await settled()
  assert.equal(posted[0]?.key, posted[1]?.key)
  assert.deepEqual(
    timeline.get().messages.map(({ text }) => text),
    ['one', 'two'],
  )
  outbox.close()
})

test('a refused line stays as failed and goes again by hand with the same key', async () => {
  let full = true
  const { timeline, outbox, posted } = begin(() => (full ? new ApiError({ status: 429, code: 'lane_full' }) : 'accept'))
  outbox.add('one')
  await settled()
  assert.deepEqual(
    timeline.get().outbox.map(({ state }) => state),
    ['failed'],
  )
  full = false
  outbox.resend(posted[0]?.key ?? '')
  await settled()
  assert.equal(posted[1]?.key, posted[0]?.key)
  assert.equal(timeline.get().messages.length, 1)
})

test('a line given back to the composer leaves nothing behind', async () => {
  const { timeline, outbox } = begin(() => new ApiError({ status: 402, code: 'insufficient_credits' }), 'discard')
  outbox.add('one')
  await settled()
  assert.deepEqual(timeline.get().outbox, [])
})
