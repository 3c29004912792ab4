import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Message } from '#contract/api'
import { addMessage, applyEvent } from './apply-event.ts'
import { emptyTimeline, lastSeq, type Timeline, waitingTurns } from './timeline.ts'

const said = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  seq,
  conversationId: 'c1',
  role: 'user',
  channel: 'web',
  interface: 'browser',
  contentType: 'text',
  text: `line ${seq}`,
  createdAt: new Date(1_750_000_000_000 + seq * 1000).toISOString(),
  ...more,
})
const answered = (seq: number, turnId: string) =>
  said(seq, { role: 'assistant', text: 'Добрый вечер.', turn: { id: turnId, state: 'done' } })

const delta = (turnId: string, offset: number, text: string) =>
  ({ name: 'reply.delta', data: { turnId, offset, text } }) as const
const started = (turnId: string) => ({ name: 'reply.started', data: { turnId } }) as const

test('deltas in any cut, with repeats and a second start, end as the text that was written', () => {
  const text = 'Дождь стих, и во дворе пахнет липой. Ты дома? 🌿'
  const pieces = fc.array(fc.tuple(fc.nat({ max: text.length }), fc.nat({ max: 9 })), { maxLength: 30 })
  fc.assert(
    fc.property(pieces, fc.boolean(), (given, again) => {
      let timeline = applyEvent(emptyTimeline, started('t1'))
      if (again) {
        timeline = applyEvent(timeline, delta('t1', 0, 'Совсем другое начало'))
        timeline = applyEvent(timeline, started('t1'))
      }
      let length = 0
      for (const [from, width] of [...given, [0, text.length] as const]) {
        const offset = Math.min(from, length)
        timeline = applyEvent(timeline, delta('t1', offset, text.slice(offset, offset + width)))
        length = Math.min(text.length, offset + width)
        assert.equal(timeline.replies[0]?.text, text.slice(0, length))
      }
      assert.equal(timeline.replies[0]?.text, text)
    }),
  )
})

test('a delta behind a gap is left out until the text so far arrives', () => {
  let timeline = applyEvent(emptyTimeline, started('t1'))
  timeline = applyEvent(timeline, delta('t1', 5, 'вечер'))
  assert.equal(timeline.replies[0]?.text, '')
  timeline = applyEvent(timeline, delta('t1', 0, 'Добрый вечер'))
  assert.equal(timeline.replies[0]?.text, 'Добрый вечер')
})

test('the final message takes the place of the streaming bubble and keeps its key', () => {
  let timeline = addMessage(emptyTimeline, said(1, { turn: { id: 't1', state: 'queued' } }))
  assert.deepEqual(waitingTurns(timeline), ['t1'])
  timeline = applyEvent(timeline, started('t1'))
  assert.equal(timeline.messages[0]?.turn?.state, 'running')
  timeline = applyEvent(timeline, { name: 'message', data: answered(2, 't1') })
  assert.deepEqual(timeline.replies, [])
  assert.equal(timeline.bubbleOf.get('m2'), 'reply-t1')
  assert.equal(timeline.messages[0]?.turn?.state, 'done')
  assert.deepEqual(waitingTurns(timeline), [])
})

test('a failed reply stands on its question with its reason', () => {
  let timeline = addMessage(emptyTimeline, said(1, { turn: { id: 't1', state: 'queued' } }))
  timeline = applyEvent(applyEvent(timeline, started('t1')), delta('t1', 0, 'Пог'))
  timeline = applyEvent(timeline, { name: 'reply.failed', data: { turnId: 't1', code: 'model_unavailable' } })
  assert.deepEqual(timeline.replies, [])
  assert.deepEqual(timeline.messages[0]?.turn, { id: 't1', state: 'failed', code: 'model_unavailable' })
})

test('my line is shown once whichever comes first, the stream or the answer to the POST', () => {
  const mine: Timeline = {
    ...emptyTimeline,
    outbox: [{ key: 'k1', text: 'line 1', state: 'sending', writtenAt: '2026-11-01T10:00:00Z' }],
  }
  const byStream = addMessage(applyEvent(mine, { name: 'message', data: said(1) }), said(1), 'k1')
  const byPost = applyEvent(addMessage(mine, said(1), 'k1'), { name: 'message', data: said(1) })
  for (const timeline of [byStream, byPost]) {
    assert.deepEqual([timeline.messages.length, timeline.outbox.length], [1, 0])
    assert.equal(timeline.bubbleOf.get('m1'), 'k1')
  }
})

test('the same words written in the bot do not swallow my unsent line', () => {
  const mine: Timeline = {
    ...emptyTimeline,
    outbox: [{ key: 'k1', text: 'line 1', state: 'sending', writtenAt: '2026-11-01T10:00:00Z' }],
  }
  const timeline = applyEvent(mine, { name: 'message', data: said(1, { interface: 'bot', channel: 'telegram' }) })
  assert.equal(timeline.outbox.length, 1)
})

test('messages stay ordered by seq and unique in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (seqs) => {
      const timeline = seqs.reduce<Timeline>((so, seq) => addMessage(so, said(seq)), emptyTimeline)
      const wanted = [...new Set(seqs)].sort((a, b) => a - b)
      assert.deepEqual(
        timeline.messages.map(({ seq }) => seq),
        wanted,
      )
      assert.equal(lastSeq(timeline), wanted.at(-1) ?? 0)
    }),
  )
})

test('a POST that is answered late does not undo what the stream told of its turn', () => {
  const question = said(1, { turn: { id: 't1', state: 'queued' } })
  let timeline = addMessage(emptyTimeline, question)
  timeline = applyEvent(timeline, { name: 'reply.failed', data: { turnId: 't1', code: 'model_unavailable' } })
  timeline = addMessage(timeline, question, 'key-of-the-post')
  assert.equal(timeline.messages[0]?.turn?.state, 'failed')
})
