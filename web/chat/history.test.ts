import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryPage, Message } from '#contract/api'
import type { Api } from '../api/create-api.ts'
import { createStore } from '../shell/store.ts'
import { createHistory, withNewerKnowledge } from './history.ts'
import { emptyTimeline } from './timeline.ts'

const said = (seq: number, state?: 'running' | 'failed' | 'done'): Message => ({
  id: `m${seq}`,
  seq,
  conversationId: 'c1',
  role: 'user',
  channel: 'web',
  interface: 'browser',
  contentType: 'text',
  text: `line ${seq}`,
  createdAt: '2026-11-14T21:04:00Z',
  ...(state && { turn: { id: `t${seq}`, state } }),
})

/** A server with messages 1 to `last`. */
function serverWith(last: number) {
  const asked: string[] = []
  const call = async (_: string, path: string): Promise<HistoryPage> => {
    asked.push(path)
    const query = new URL(path, 'http://page').searchParams
    const before = Number(query.get('before') ?? last + 1)
    const first = Math.max(1, before - Number(query.get('limit')))
    const messages = Array.from({ length: before - first }, (_each, index) => said(first + index))
    return { messages, hasMore: first > 1 }
  }
  return { api: { call } as unknown as Api, asked }
}

test('going up brings every message once, in order, and stops at the first', async () => {
  const { api, asked } = serverWith(120)
  const timeline = createStore(emptyTimeline)
  const history = createHistory(api, timeline)
  await history.begin()
  assert.equal(timeline.get().edge, 'newer')
  await Promise.all([history.older(), history.older()])
  assert.equal(timeline.get().edge, 'older')
  await history.older()
  await history.older()
  assert.equal(asked.length, 3)
  assert.deepEqual(
    timeline.get().messages.map(({ seq }) => seq),
    Array.from({ length: 120 }, (_, index) => index + 1),
  )
  assert.equal(timeline.get().hasMore, false)
})

test('whether there is a line is asked by its id, and loads nothing', async () => {
  const { api, asked } = serverWith(120)
  const timeline = createStore(emptyTimeline)
  const history = createHistory(api, timeline)
  assert.equal(await history.has('m120'), true)
  assert.equal(await history.has('m121&limit=100'), false)
  assert.deepEqual(asked, ['/api/messages?limit=1&at=m120', '/api/messages?limit=1&at=m121%26limit%3D100'])
  assert.deepEqual(timeline.get().messages, [])
})

test('a page read before an event does not bring back a turn that has ended', () => {
  const known = { ...emptyTimeline, messages: [said(1, 'failed'), said(2, 'running')] }
  const { messages } = withNewerKnowledge(known, [said(1, 'running'), said(2, 'done')])
  assert.deepEqual(
    messages.map(({ turn }) => turn?.state),
    ['failed', 'done'],
  )
})
