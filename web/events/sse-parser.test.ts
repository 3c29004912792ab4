import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSseParser, type SseEvent } from './sse-parser.ts'

const STREAM = [
  '\uFEFF: hello\n\n',
  'id: 7\nevent: message\ndata: {"seq":7}\n\n',
  'event: reply.delta\r\ndata: {"text":"при"}\r\n\r\n',
  'data: one\ndata:two\n\n',
  'event: nothing\n\n',
  'data: вечер 🌙\r\r',
].join('')

const EVENTS: SseEvent[] = [
  { name: 'message', data: '{"seq":7}', id: '7' },
  { name: 'reply.delta', data: '{"text":"при"}', id: null },
  { name: 'message', data: 'one\ntwo', id: null },
  { name: 'message', data: 'вечер 🌙', id: null },
]

function parse(pieces: string[]): SseEvent[] {
  const events: SseEvent[] = []
  const feed = createSseParser((event) => events.push(event))
  for (const piece of pieces) feed(piece)
  return events
}

test('all line ends, comments, several data lines and events without data are read as the standard says', () => {
  assert.deepEqual(parse([`${STREAM}\n`]), EVENTS)
})

test('it does not matter where the network cuts the stream', () => {
  const cuts = fc.array(fc.nat({ max: STREAM.length }))
  fc.assert(
    fc.property(cuts, (given) => {
      const at = [0, ...given.sort((a, b) => a - b), STREAM.length]
      const pieces = at.slice(1).map((end, index) => STREAM.slice(at[index], end))
      assert.deepEqual(parse([...pieces, '\n']), EVENTS)
    }),
  )
})

test('when to come back is told as a number of milliseconds, and nothing else is', () => {
  const told: number[] = []
  const feed = createSseParser(
    () => assert.fail('no event was sent'),
    (ms) => told.push(ms),
  )
  feed('retry: 1500\n\nretry: soon\n\nretry: -1\n\nretry:0\n\n')
  assert.deepEqual(told, [1500, 0])
})

test('an unfinished event is not told', () => {
  assert.deepEqual(parse(['data: half']), [])
})
