import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { startForTest, TEST_TOKEN } from './start-for-test.ts'

const MASHA = 700_000_001

let server: Awaited<ReturnType<typeof startForTest>>
beforeEach(async () => {
  server?.stop()
  server = await startForTest()
})
after(() => server.stop())

const ids = (result: { update_id: number }[]) => result.map((each) => each.update_id)

test('an update comes again until the offset confirms it, and ids follow one another', async () => {
  for (const text of ['a', 'b', 'c']) server.telegram.sendText(MASHA, text)
  const first = (await server.call('getUpdates')).result
  const [a = 0] = ids(first)
  assert.deepEqual(ids(first), [a, a + 1, a + 2])
  assert.deepEqual((await server.call('getUpdates')).result, first)
  assert.deepEqual(ids((await server.call('getUpdates', { offset: a + 1, limit: 1 })).result), [a + 1])
  assert.deepEqual(ids((await server.call('getUpdates', { offset: -1 })).result), [a + 2])
  assert.deepEqual((await server.call('getUpdates', { offset: a + 3 })).result, [])
})

test('a long poll answers at once when something happens', async () => {
  const startedMs = Date.now()
  const polling = server.call('getUpdates', { timeout: 20 })
  await server.telegram.waitFor(() => server.telegram.calls({ method: 'getUpdates' }).length > 0)
  server.telegram.sendText(MASHA, 'hi')
  assert.equal((await polling).result[0].message.text, 'hi')
  assert.ok(Date.now() - startedMs < 5_000)
})

test('a second poller ends the first with 409; a webhook ends all polling', async () => {
  const polling = server.call('getUpdates', { timeout: 20 })
  await server.telegram.waitFor(() => server.telegram.calls({ method: 'getUpdates' }).length > 0)
  const second = server.call('getUpdates', { timeout: 20 })
  const ended = await polling
  assert.equal(ended.status, 409)
  assert.match(ended.description, /^Conflict: terminated by other getUpdates request/u)
  await server.call('setWebhook', { url: 'http://127.0.0.1:9/' })
  assert.equal((await second).description, 'Conflict: terminated by setWebhook request')
  assert.match((await server.call('getUpdates')).description, /can't use getUpdates method while webhook is active/u)
})

test('a poller that hangs up takes nothing with it', async () => {
  const hangUp = new AbortController()
  const polling = fetch(`${server.url}/bot${TEST_TOKEN}/getUpdates?timeout=20`, { signal: hangUp.signal })
  await server.telegram.waitFor(() => server.telegram.calls({ method: 'getUpdates' }).length > 0)
  hangUp.abort()
  await assert.rejects(polling)
  await server.telegram.waitFor(() => server.telegram.calls({ method: 'getUpdates' })[0]?.outcome === 'ok')
  server.telegram.sendText(MASHA, 'hi')
  assert.equal((await server.call('getUpdates')).result.length, 1)
})

test('allowed_updates is kept between calls and an empty list brings the usual set back', async () => {
  await server.call('getUpdates', { allowed_updates: ['callback_query'] })
  server.telegram.sendText(MASHA, 'unseen')
  assert.deepEqual((await server.call('getUpdates')).result, [])
  await server.call('getUpdates', { allowed_updates: [] })
  server.telegram.sendText(MASHA, 'seen')
  assert.equal((await server.call('getUpdates')).result.length, 1)
  assert.equal(server.telegram.pushUpdate({ message_reaction: {} }, MASHA), null, 'reactions must be asked for')
})

test('duplicates carry the same id and reordered ones come newest first', async () => {
  server.telegram.duplicateNext(1, 2)
  server.telegram.sendText(MASHA, 'twin')
  const twins = ids((await server.call('getUpdates')).result)
  assert.equal(twins.length, 3)
  assert.equal(new Set(twins).size, 1)
  await server.call('getUpdates', { offset: (twins[0] ?? 0) + 1 })
  server.telegram.reorderNext(2)
  server.telegram.sendText(MASHA, 'a')
  assert.deepEqual((await server.call('getUpdates')).result, [])
  server.telegram.sendText(MASHA, 'b')
  const texts = (await server.call('getUpdates')).result.map((each: { message: { text: string } }) => each.message.text)
  assert.deepEqual(texts, ['b', 'a'])
})

test('each kind of message and change reaches the bot in its own shape', async () => {
  server.telegram.sendText(MASHA, '/start@test_bot x')
  server.telegram.sendVoice(MASHA, { seconds: 4 })
  const photo = server.telegram.sendPhoto(MASHA, { caption: 'c' })
  server.telegram.sendSticker(MASHA, '🌙')
  server.telegram.editText(MASHA, server.telegram.sendText(MASHA, 'one').wire.message_id, 'two')
  server.telegram.block(MASHA)
  assert.throws(() => server.telegram.sendText(MASHA, 'x'), /blocked/u)
  server.telegram.unblock(MASHA)
  const updates = (await server.call('getUpdates')).result
  assert.equal(updates[0].message.entities[0].length, '/start@test_bot'.length)
  assert.equal(updates[1].message.voice.duration, 4)
  assert.equal(updates[2].message.photo[0].file_id, photo.wire.photo?.[0]?.file_id)
  assert.equal(updates[3].message.sticker.emoji, '🌙')
  assert.equal(updates[5].edited_message.text, 'two')
  assert.deepEqual(
    updates
      .slice(6)
      .map(
        (each: { my_chat_member: { new_chat_member: { status: string } } }) =>
          each.my_chat_member.new_chat_member.status,
      ),
    ['kicked', 'member'],
  )
})

test('a pressed button asks the bot and its answer comes back', async () => {
  server.telegram.sendText(MASHA, 'hi')
  const keyboard = {
    inline_keyboard: [
      [
        { text: 'Мне есть 18', callback_data: 'adult' },
        { text: 'Сайт', url: 'https://vitte.example/' },
      ],
    ],
  }
  const { result } = await server.call('sendMessage', { chat_id: MASHA, text: '18+?', reply_markup: keyboard })
  assert.equal(server.telegram.press(MASHA, result.message_id, { text: 'Сайт' }).url, 'https://vitte.example/')
  const { callbackQueryId = '' } = server.telegram.press(MASHA, result.message_id, { text: '18' })
  const query = (await server.call('getUpdates')).result.at(-1).callback_query
  assert.deepEqual([query.id, query.data, query.message.message_id], [callbackQueryId, 'adult', result.message_id])
  await server.call('answerCallbackQuery', { callback_query_id: callbackQueryId, text: 'Спасибо' })
  assert.deepEqual(server.telegram.callbackAnswer(callbackQueryId), { text: 'Спасибо' })
  const late = server.telegram.press(MASHA, result.message_id, { data: 'adult' }).callbackQueryId
  server.passTime(61_000)
  assert.match((await server.call('answerCallbackQuery', { callback_query_id: late })).description, /query is too old/u)
})
