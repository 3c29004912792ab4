import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameOfEvent } from './frames.ts'

const CREDITS = { basic: 1, pro: 2, cassandra: 3 }

test('what several pages are told in the same words is made into bytes once', () => {
  const event = { name: 'credits', data: CREDITS } as const
  assert.equal(frameOfEvent(event), frameOfEvent(event))
  assert.equal(frameOfEvent(event).toString(), 'event: credits\ndata: {"basic":1,"pro":2,"cassandra":3}\n\n')
  assert.notEqual(frameOfEvent(event), frameOfEvent({ ...event }))
})
