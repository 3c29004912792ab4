import assert from 'node:assert/strict'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { systemClock } from '#platform/clock'
import { createLocalPresence } from '#platform/presence'
import { openRooms } from '#test/rooms'
import { silentLog as log } from '#test/silent-log'
import { EventStream } from './event-stream.ts'
import { UserFeed } from './user-feed.ts'

const rooms = await openRooms()

test('what several pages are told in the same words is made into bytes once', () => {
  const presence = createLocalPresence({ clock: systemClock })
  const feed = new UserFeed({ ...rooms, log, presence, lookUp: () => assert.fail('nothing is looked up') }, 'user')
  const pages = [stream('one'), stream('two'), stream('three')]
  feed.streams = pages
  let made = 0
  const toJSON = () => {
    made += 1
    return { basic: 1, pro: 2, cassandra: 3 }
  }
  feed.event({ kind: 'event', event: { name: 'credits', data: { toJSON } } })
  assert.equal(made, 1)
  feed.event({ kind: 'message', message: { seq: 1, toJSON } })
  assert.equal(made, 2)
  assert.deepEqual(
    pages.map(({ lastSeq }) => lastSeq),
    [1, 1, 1],
  )
})

/** A page at the beginning of a history, on a connection that nobody made. */
function stream(id: string): EventStream {
  const caller = {
    userId: 'user',
    sessionId: 'session',
    interface: 'browser',
    channel: 'web',
    locale: 'ru',
    adult: true,
    keyId: '',
    proof: 'cookie',
    fresh: true,
  } as const
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  return new EventStream(response, { id, page: id, caller, startSeq: 0, atEnd: true, headers: {}, retryMs: 1 })
}
