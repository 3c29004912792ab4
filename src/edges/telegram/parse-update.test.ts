import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedUpdate } from './inbound-update.ts'
import { parseUpdate } from './parse-update.ts'

const from = { id: 42, is_bot: false, first_name: 'Маша', last_name: 'Орлова', username: 'masha', language_code: 'ru' }
const chat = { id: 42, type: 'private', first_name: 'Маша' }
const message = (more: object) => ({
  update_id: 1,
  message: { message_id: 7, date: 1_770_000_000, from, chat, ...more },
})

test('a text in a private chat is a message with its sender and time', () => {
  const update = parseUpdate(message({ text: 'привет' }))
  assert.ok(update.kind === 'message')
  assert.deepEqual([update.text, update.contentType, update.person.id], ['привет', 'text', '42'])
  assert.equal(update.person.displayName, 'Маша Орлова')
  assert.equal(update.sentAt.getTime(), 1_770_000_000_000)
})

test('a command is what Telegram marks as one; a slash alone is text', () => {
  const entities = [{ type: 'bot_command', offset: 0, length: 6 }]
  const update = parseUpdate(message({ text: '/start link_abc', entities }))
  assert.ok(update.kind === 'command')
  assert.deepEqual([update.name, update.payload], ['start', 'link_abc'])
  assert.equal(parseUpdate(message({ text: '/start' })).kind, 'message')
})

test('leave to write, given in the Mini App, opens the chat and is no message', () => {
  const update = parseUpdate(message({ write_access_allowed: { from_request: true } }))
  assert.ok(update.kind === 'membership')
  assert.deepEqual([update.reachable, update.person.id], [true, '42'])
})

test('a command knows which message it answers', () => {
  const entities = [{ type: 'bot_command', offset: 0, length: 7 }]
  const reply = (answered: object) => {
    const update = parseUpdate(message({ text: '/report', entities, ...answered }))
    return update.kind === 'command' ? update.replyTo : undefined
  }
  assert.equal(reply({ reply_to_message: { message_id: 5, chat, date: 1 } }), 5)
  assert.equal(reply({}), null)
  assert.equal(reply({ reply_to_message: { message_id: '5' } }), null)
})

test('a press is read with its message, with one too old to be told, and with none', () => {
  const press = (more: object) => parseUpdate({ update_id: 4, callback_query: { id: '9', from, data: 'x', ...more } })
  for (const [more, messageId] of [
    [{ message: { message_id: 7, date: 0, chat } }, 7],
    [{ inline_message_id: 'AAA' }, null],
  ] as const) {
    const update = press(more)
    assert.ok(update.kind === 'button')
    assert.deepEqual([update.messageId, update.person.id], [messageId, '42'])
  }
  assert.equal(press({ message: { message_id: 7, date: 0, chat: { id: -1, type: 'supergroup' } } }).kind, 'ignored')
  assert.equal(press({ from: { ...from, is_bot: true } }).kind, 'ignored')
})

test('groups, channels, bots and people who speak as a channel are ignored', () => {
  for (const stranger of [
    { chat: { id: -100, type: 'supergroup', title: 'x' }, text: 'привет' },
    { from: { ...from, is_bot: true }, text: 'привет' },
    { sender_chat: { id: -5, type: 'channel' }, text: 'привет' },
    { chat: { id: 43, type: 'private' }, text: 'привет' },
  ]) {
    assert.equal(parseUpdate(message(stranger)).kind, 'ignored')
  }
  assert.equal(parseUpdate({ update_id: 2, poll: {} }).kind, 'ignored')
})

test('kinds that we cannot read are told apart and carry no payload', () => {
  const kinds = [
    [{ voice: { file_id: 'x' } }, 'voice'],
    [{ photo: [{ file_id: 'x' }], caption: 'подпись' }, 'photo'],
    [{ sticker: { file_id: 'x' } }, 'sticker'],
    [{ document: { file_id: 'x' } }, 'other'],
  ] as const
  for (const [content, contentType] of kinds) {
    const update = parseUpdate(message(content))
    assert.ok(update.kind === 'message')
    assert.deepEqual([update.contentType, update.text], [contentType, ''])
  }
})

test('blocking and unblocking are told by my_chat_member', () => {
  const change = (status: string) => ({
    update_id: 3,
    my_chat_member: { chat, from, date: 1, new_chat_member: { status } },
  })
  assert.deepEqual(parseUpdate(change('kicked')).kind, 'membership')
  const back = parseUpdate(change('member'))
  assert.ok(back.kind === 'membership' && back.reachable)
})

test('a Stop under a growing answer names the chat and the draft; only private chats with people have any', () => {
  const stop = (more: object) =>
    parseUpdate({ update_id: 6, stopped_message_generation: { chat, draft_id: 99, ...more } })
  assert.deepEqual(stop({}), { kind: 'stopped', updateId: 6, person: { id: '42' }, draftId: 99 })
  assert.equal(stop({ chat: { id: -100, type: 'supergroup', title: 'x' } }).kind, 'ignored')
  for (const more of [
    { chat: null },
    { chat: { ...chat, id: -42 } },
    { chat: { ...chat, id: '42' } },
    { chat: { ...chat, id: 2 ** 60 } },
    { draft_id: '99' },
    { draft_id: undefined },
    { draft_id: 1.5 },
  ]) {
    assert.throws(() => stop(more), MalformedUpdate)
  }
})

test('what is no update is refused, and odd text is made plain', () => {
  for (const body of [null, 1, 'x', [], {}, { update_id: '1' }, { update_id: 1.5 }]) {
    assert.throws(() => parseUpdate(body), MalformedUpdate)
  }
  for (const more of [{ date: 1e18 }, { date: -1 }, { date: 'x' }, { message_id: '7' }, { text: 5 }]) {
    assert.throws(() => parseUpdate(message({ text: 'да', ...more })), MalformedUpdate)
  }
  assert.throws(() => parseUpdate(message({ from: { ...from, id: 2 ** 60 }, text: 'x' })), MalformedUpdate)
  const odd = parseUpdate(message({ text: 'a\0b\ud800', from: { ...from, username: 'm\0' } }))
  assert.ok(odd.kind === 'message')
  assert.deepEqual([odd.text, odd.person.username], ['ab\ufffd', 'm'])
})
