import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { startForTest } from './start-for-test.ts'

const MASHA = 700_000_001
const EMILY = 5_000_000_003

let server: Awaited<ReturnType<typeof startForTest>>
beforeEach(async () => {
  server?.stop()
  server = await startForTest()
  server.telegram.sendText(MASHA, 'hi')
  server.telegram.sendText(EMILY, 'hi')
})
after(() => server.stop())

test('twenty drafts and actions in five seconds, then 429 with the wait; other chats go on', async () => {
  for (let i = 1; i <= 20; i += 1) {
    const method = i % 2 ? 'sendMessageDraft' : 'sendChatAction'
    const answer = await server.call(method, { chat_id: MASHA, draft_id: 7, text: `${i}`, action: 'typing' })
    assert.equal(answer.ok, true)
  }
  const refused = await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 7, text: '21' })
  const wait = refused.parameters?.retry_after ?? 0
  assert.equal(refused.status, 429)
  assert.ok(wait >= 1 && wait <= 5)
  assert.equal(refused.description, `Too Many Requests: retry after ${wait}`)
  assert.equal((await server.call('sendMessageDraft', { chat_id: EMILY, draft_id: 7, text: 'a' })).ok, true)
  assert.equal((await server.call('sendMessage', { chat_id: MASHA, text: 'done' })).ok, true)
  server.passTime(wait * 1000)
  assert.equal((await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 7, text: '22' })).ok, true)
})

test('forty in thirty seconds is the second limit', async () => {
  for (let i = 1; i <= 40; i += 1) {
    server.passTime(300)
    assert.equal((await server.call('sendChatAction', { chat_id: MASHA, action: 'typing' })).ok, true)
  }
  const refused = await server.call('sendChatAction', { chat_id: MASHA, action: 'typing' })
  assert.equal(refused.status, 429)
  assert.ok((refused.parameters?.retry_after ?? 0) > 5)
})

test('a draft grows, ends with the next message, and by itself after thirty seconds', async () => {
  await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 7 })
  assert.equal(server.telegram.draft(MASHA)?.text, '')
  await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 7, text: 'Пр' })
  assert.deepEqual([server.telegram.draft(MASHA)?.text, server.telegram.draft(MASHA)?.updates], ['Пр', 2])
  await server.call('sendMessage', { chat_id: MASHA, text: 'Привет' })
  assert.equal(server.telegram.draft(MASHA), null)
  await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 8, text: 'x' })
  server.passTime(30_000)
  assert.equal(server.telegram.draft(MASHA), null)
  assert.match(
    (await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 0, text: 'x' })).description,
    /non-zero/u,
  )
})

test('Stop tells the bot, and later drafts of the same id show nothing', async () => {
  await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 9, text: 'x' })
  assert.throws(() => server.telegram.stopDraft(MASHA), /no draft with a Stop button/u)
  await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 9, text: 'xy', can_stop: true, keep_on_stop: true })
  server.telegram.stopDraft(MASHA)
  const update = server.telegram.pendingUpdates().at(-1)?.update
  assert.equal(update?.stopped_message_generation?.draft_id, 9)
  await server.call('sendMessageDraft', { chat_id: MASHA, draft_id: 9, text: 'xyz', can_stop: true })
  assert.equal(server.telegram.draft(MASHA)?.text, 'xy')
})

test('typing shows for five seconds and ends with a message', async () => {
  await server.call('sendChatAction', { chat_id: MASHA, action: 'typing' })
  assert.equal(server.telegram.action(MASHA), 'typing')
  server.passTime(5_000)
  assert.equal(server.telegram.action(MASHA), null)
  await server.call('sendChatAction', { chat_id: MASHA, action: 'typing' })
  await server.call('sendMessage', { chat_id: MASHA, text: 'x' })
  assert.equal(server.telegram.action(MASHA), null)
})
