import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLog, type LogFields } from './index.ts'

class OurError extends Error {}

function capture() {
  const lines: string[] = []
  const log = createLog({
    level: 'debug',
    destination: { write: (line) => lines.push(line) },
    spokenErrors: [OurError],
  })
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> }
}

test('an event is one line of JSON with level, time and the allowed fields', () => {
  const { log, last, lines } = capture()
  log.with({ userId: 'u-1' }).info('turn.done', { turnId: 't-1', durationMs: 12, replayed: false })
  const { time, ...rest } = last()
  assert.deepEqual(rest, {
    level: 'info',
    event: 'turn.done',
    userId: 'u-1',
    turnId: 't-1',
    durationMs: 12,
    replayed: false,
  })
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/)
  assert.equal(lines.length, 1)
})

test('an unknown field is dropped, a value of another shape too', () => {
  const { log, last } = capture()
  log.info('message.accepted', { text: 'hello', userId: 'a person with spaces', count: '3' } as object as LogFields)
  const { time: _time, ...rest } = last()
  assert.deepEqual(rest, { level: 'info', event: 'message.accepted', userId: '[dropped]', count: '[dropped]' })
})

test('an address loses its password and its query', () => {
  const { log, last } = capture()
  log.info('http.listening', { address: 'postgres://me:secret@db.example/main?token=1' })
  assert.equal(last().address, 'postgres://db.example/main')
})

test("an error is told by class, code and frames, never by somebody else's message", () => {
  const { log, lines, last } = capture()
  const cause = Object.assign(new TypeError('quoted secret'), { code: '23505' })
  const error = new Error('dear diary\n    at secret (/etc/passwd:1:1)', { cause })
  log.error('request.failed', { error })
  assert.doesNotMatch(lines.join(''), /secret|diary|passwd/)
  const described = last().error as { class: string; stack: string[]; cause: { class: string; code: string } }
  assert.equal(described.class, 'Error')
  assert.match(described.stack.join('\n'), /src\/platform\/log\/log\.test\.ts:\d+:\d+/)
  assert.equal(described.cause.class, 'TypeError')
  assert.equal(described.cause.code, '23505')
})

test('an error of ours speaks', () => {
  const { log, last } = capture()
  log.error('start.refused', { error: new OurError('the folder is busy') })
  assert.equal((last().error as { message: string }).message, 'the folder is busy')
})

test('whatever is logged stays one line and says nothing it was not allowed to', () => {
  const secret = 'S3CRET\n\u001b[31m"}'
  fc.assert(
    fc.property(fc.string(), fc.dictionary(fc.string(), fc.anything()), (event, fields) => {
      const { log, lines } = capture()
      log.warn(`${event}${secret}`, { ...fields, text: secret, reason: secret, error: new Error(secret) } as LogFields)
      assert.equal(lines.length, 1)
      assert.equal(lines[0]?.indexOf('\n'), (lines[0]?.length ?? 0) - 1)
      assert.ok(!lines[0]?.includes('S3CRET'))
      JSON.parse(lines[0] ?? '')
    }),
  )
})
