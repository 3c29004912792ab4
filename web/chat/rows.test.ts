import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '#contract/api'
import { layOut, type Row } from './rows.ts'

const at = (time: string, more: Partial<Message> = {}): Message => ({
  id: `${time}${more.role ?? ''}`,
  seq: Date.parse(time),
  conversationId: 'c1',
  role: 'user',
  channel: 'web',
  interface: 'browser',
  contentType: 'text',
  text: 'line',
  createdAt: new Date(time).toISOString(),
  ...more,
})
const rowsOf = (messages: Message[], complete = false) => layOut(messages, { complete, bubbleOf: new Map() })
const sketch = (rows: Row[]) =>
  rows.map((row) =>
    row.kind === 'message' ? `${row.first ? '(' : ''}${row.message.role[0]}${row.last ? ')' : ''}` : row.kind,
  )

test('lines of one author and minute are one group', () => {
  const rows = rowsOf([
    at('2026-11-14T12:00:01'),
    at('2026-11-14T12:00:40'),
    at('2026-11-14T12:01:00'),
    at('2026-11-14T12:01:02', { role: 'assistant' }),
  ])
  assert.deepEqual(sketch(rows), ['(u', 'u)', '(u)', '(a)'])
})

test('another interface, conversation or day begins a new group', () => {
  const rows = rowsOf([
    at('2026-11-14T12:00:01'),
    at('2026-11-14T12:00:02', { interface: 'bot' }),
    at('2026-11-14T12:00:03', { interface: 'bot', conversationId: 'c2' }),
    at('2026-11-15T12:00:03', { interface: 'bot', conversationId: 'c2' }),
  ])
  assert.deepEqual(sketch(rows), ['(u)', '(u)', 'conversation', '(u)', 'day', '(u)'])
})

test('the top has dividers only when nothing older can come', () => {
  assert.deepEqual(sketch(rowsOf([at('2026-11-14T12:00:01')], true)), ['day', 'conversation', '(u)'])
  assert.deepEqual(sketch(rowsOf([at('2026-11-14T12:00:01')], false)), ['(u)'])
})

test('older pages add rows at the top and leave those below as they were', () => {
  const older = [at('2026-11-13T09:00:00'), at('2026-11-13T09:05:00', { role: 'assistant' })]
  const newer = [at('2026-11-14T12:00:01'), at('2026-11-14T12:00:02', { role: 'assistant' })]
  const below = rowsOf(newer)
  const all = rowsOf([...older, ...newer])
  assert.deepEqual(all.slice(-below.length), below)
})

test('a question without an answer says so right below it', () => {
  const rows = rowsOf([
    at('2026-11-14T12:00:01', { turn: { id: 't1', state: 'failed' } }),
    at('2026-11-14T12:00:02', { turn: { id: 't2', state: 'done' } }),
  ])
  assert.deepEqual(sketch(rows), ['(u)', 'unanswered', '(u)'])
})

test('each reply stands alone, so that each can be reported', () => {
  const reply = (time: string) => at(time, { role: 'assistant', turn: { id: time, state: 'done' } })
  assert.deepEqual(sketch(rowsOf([reply('2026-11-14T12:00:01'), reply('2026-11-14T12:00:02')])), ['(a)', '(a)'])
})

test('what came since the last visit begins below a mark, but not where a conversation begins', () => {
  const lines = [at('2026-11-14T12:00:01'), at('2026-11-14T12:00:02'), at('2026-11-14T12:00:03')]
  const seen = (seenSeq: number | undefined, messages = lines) =>
    sketch(layOut(messages, { complete: false, bubbleOf: new Map(), seenSeq }))
  assert.deepEqual(seen(lines[1]?.seq), ['(u', 'u)', 'new', '(u)'])
  for (const none of [undefined, 0, lines[2]?.seq]) assert.deepEqual(seen(none), ['(u', 'u', 'u)'])
  const another = [at('2026-11-14T12:00:01'), at('2026-11-14T12:00:02', { conversationId: 'c2' })]
  assert.deepEqual(seen(another[0]?.seq, another), ['(u)', 'conversation', '(u)'])
})
