import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createReplyText } from './reply-text.ts'

const MAX_LENGTH = 400

test('however a reply is cut into deltas, its text is the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), fc.array(fc.nat({ max: 40 })), (reply, cuts) => {
      assert.equal(collect(split(reply, cuts)), collect([reply]))
    }),
  )
})

test('a short reply is kept whole but for the white space before it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (reply) => {
      fc.pre(reply.length <= MAX_LENGTH)
      assert.equal(collect([' \n', reply]), reply.trimStart())
    }),
  )
})

test('a long reply ends at the limit without tearing a character apart', () => {
  const family = '👨‍👩‍👧‍👦'
  for (let lead = 0; lead <= family.length; lead += 1) {
    const text = collect(split('x'.repeat(lead) + family.repeat(100), [7, 3, 11]))
    assert.ok(text.length <= MAX_LENGTH && text.length > MAX_LENGTH - family.length)
    assert.equal((text.length - lead) % family.length, 0)
  }
})

test('one endless grapheme does not pass the limit either', () => {
  const text = collect([`a${'\u0301'.repeat(5000)}`])
  assert.ok(text.length > 0 && text.length <= MAX_LENGTH)
})

test('what nobody can see is no reply, however much of it comes', () => {
  const reply = createReplyText(MAX_LENGTH)
  for (const delta of ['\u200b', ' \u2060\u200f', '\u2800']) assert.equal(reply.add(delta), '')
  assert.equal(reply.visible, false)
  assert.equal(reply.add('\u200b'.repeat(MAX_LENGTH)), '')
  assert.deepEqual([reply.full, reply.visible], [true, false])
})

test('a mark of direction before the first word stays with it', () => {
  assert.equal(collect(['\u200f', 'שלום']), '\u200fשלום')
})

test('half a character waits for its other half', () => {
  const reply = createReplyText(MAX_LENGTH)
  assert.deepEqual([reply.add('a\ud83d'), reply.add('\ude42b')], ['a', '🙂b'])
})

test('white space alone is nothing visible', () => {
  const reply = createReplyText(MAX_LENGTH)
  assert.equal(reply.add(' \n\t'), '')
  assert.equal(reply.visible, false)
})

function collect(deltas: string[]): string {
  const reply = createReplyText(MAX_LENGTH)
  return deltas.map((delta) => reply.add(delta)).join('') + reply.end()
}

function split(text: string, cuts: number[]): string[] {
  const deltas: string[] = []
  let rest = text
  for (let index = 0; rest !== ''; index += 1) {
    const length = Math.max(1, cuts[index % Math.max(1, cuts.length)] ?? rest.length)
    deltas.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  return deltas
}
