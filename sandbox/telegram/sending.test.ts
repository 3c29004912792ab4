import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Bot, GrammyError, InputFile } from 'grammy'
import { PLACEHOLDER_PNG } from './image.ts'
import { startForTest, TEST_TOKEN } from './start-for-test.ts'

const MASHA = 700_000_001
const ILYA = 700_000_002

/** Method, parameters, and what Telegram says to them. */
const REFUSED: [string, object, number, string][] = [
  [
    'sendMessage',
    { chat_id: 5_000_000_003, text: 'hi' },
    403,
    "Forbidden: bot can't initiate conversation with a user",
  ],
  ['sendMessage', { chat_id: 1, text: 'hi' }, 400, 'Bad Request: chat not found'],
  ['sendMessage', { text: 'hi' }, 400, 'Bad Request: chat_id is empty'],
  ['sendMessage', { chat_id: MASHA, text: '' }, 400, 'Bad Request: message text is empty'],
  ['sendMessage', { chat_id: MASHA, text: ' \n ' }, 400, 'Bad Request: message text is empty'],
  ['sendMessage', { chat_id: MASHA, text: 'x'.repeat(4097) }, 400, 'Bad Request: message is too long'],
  ['sendMessage', { chat_id: MASHA, text: '\ud800' }, 400, 'Bad Request: strings must be encoded in UTF-8'],
  [
    'sendMessage',
    { chat_id: MASHA, text: 'a', reply_parameters: { message_id: 999 } },
    400,
    'Bad Request: message to be replied not found',
  ],
  [
    'sendMessage',
    {
      chat_id: MASHA,
      text: 'a',
      reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'я'.repeat(33) }]] },
    },
    400,
    'Bad Request: BUTTON_DATA_INVALID',
  ],
  [
    'sendMessage',
    { chat_id: MASHA, text: '<b>a', parse_mode: 'HTML' },
    400,
    `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
  ],
  [
    'sendPhoto',
    { chat_id: MASHA, photo: 'nonsense' },
    400,
    'Bad Request: wrong remote file identifier specified: Wrong string length',
  ],
  ['editMessageText', { chat_id: MASHA, message_id: 9999, text: 'a' }, 400, 'Bad Request: message to edit not found'],
  ['deleteMessage', { chat_id: MASHA, message_id: 9999 }, 400, 'Bad Request: message to delete not found'],
  [
    'answerCallbackQuery',
    { callback_query_id: '1' },
    400,
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  ],
  ['setMyCommands', { commands: [{ command: 'Что', description: 'x' }] }, 400, 'Bad Request: BOT_COMMAND_INVALID'],
  ['sendChatAction', { chat_id: MASHA, action: 'dance' }, 400, 'Bad Request: wrong parameter action in request'],
  ['noSuchMethod', {}, 404, 'Not Found: method not found'],
]

let server: Awaited<ReturnType<typeof startForTest>>
before(async () => {
  server = await startForTest()
  server.telegram.sendText(MASHA, '/start')
})
after(() => server.stop())

test('a sent message stands in the chat with its entities, buttons and order', async () => {
  const entities = [{ type: 'bold', offset: 0, length: 6 }]
  const keyboard = {
    inline_keyboard: [
      [{ text: 'Да', callback_data: 'yes' }],
      [{ text: 'Открыть', web_app: { url: 'http://localhost:3000/app' } }],
    ],
  }
  const sent = await server.call('sendMessage', {
    chat_id: MASHA,
    text: 'Привет, мир',
    entities,
    reply_markup: keyboard,
  })
  assert.equal(sent.status, 200)
  assert.deepEqual(sent.result.entities, entities)
  assert.ok(Math.abs(sent.result.date - Date.now() / 1000) < 5, 'dates are seconds')
  const [hello, reply] = server.telegram.messages(MASHA)
  assert.deepEqual(hello?.wire.entities, [{ type: 'bot_command', offset: 0, length: 6 }])
  assert.deepEqual(reply?.wire.reply_markup, keyboard)
  assert.ok(hello && reply && reply.order > hello.order)
})

test("each refusal comes in Telegram's own words", async () => {
  server.telegram.sendText(ILYA, 'hi')
  for (const [method, body, code, description] of REFUSED) {
    const answer = await server.call(method, body)
    assert.deepEqual(
      [answer.status, answer.ok, answer.error_code, answer.description],
      [code, false, code, description],
    )
  }
  server.telegram.block(ILYA)
  const blocked = await server.call('sendMessage', { chat_id: ILYA, text: 'hi' })
  assert.equal(blocked.description, 'Forbidden: bot was blocked by the user')
  server.telegram.deactivate(ILYA)
  const gone = await server.call('sendMessage', { chat_id: ILYA, text: 'hi' })
  assert.equal(gone.description, 'Forbidden: user is deactivated')
})

test('a wrong token is 401 and a broken body 400', async () => {
  assert.equal((await server.call('getMe', {}, '4200000042:other')).status, 401)
  assert.equal((await server.call('getMe', {}, 'nonsense')).description, 'Unauthorized: invalid token specified')
  const broken = await fetch(`${server.url}/bot${TEST_TOKEN}/sendMessage`, { method: 'POST', body: '{' })
  assert.equal(broken.status, 400)
})

test('an edit changes text and buttons, and one that changes nothing is refused', async () => {
  const { result } = await server.call('sendMessage', { chat_id: MASHA, text: 'one' })
  const place = { chat_id: MASHA, message_id: result.message_id }
  assert.match(
    (await server.call('editMessageText', { ...place, text: 'one' })).description,
    /^Bad Request: message is not modified/u,
  )
  const edited = await server.call('editMessageText', {
    ...place,
    text: 'two',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] },
  })
  assert.equal(edited.result.text, 'two')
  assert.ok(edited.result.edit_date)
  const bare = await server.call('editMessageReplyMarkup', place)
  assert.equal(bare.result.reply_markup, undefined)
  assert.equal((await server.call('deleteMessage', place)).result, true)
  assert.equal(server.telegram.messages(MASHA).at(-1)?.deleted, true)
  assert.equal((await server.call('deleteMessage', place)).status, 400)
})

test('the client that Vitte uses understands every answer: messages, photos, files, errors, commands', async () => {
  const bot = new Bot(TEST_TOKEN, { client: { apiRoot: server.url } })
  await bot.init()
  assert.equal(bot.botInfo.username, 'test_bot')
  const photo = await bot.api.sendPhoto(MASHA, new InputFile(PLACEHOLDER_PNG, 'p.png'), { caption: 'портрет' })
  const file = await bot.api.getFile(photo.photo[0]?.file_id ?? '')
  const bytes = await fetch(`${server.url}/file/bot${TEST_TOKEN}/${file.file_path}`).then((r) => r.arrayBuffer())
  assert.deepEqual(Buffer.from(bytes), PLACEHOLDER_PNG)
  await bot.api.setMyCommands([{ command: 'start', description: 'Начать' }], { language_code: 'ru' })
  await bot.api.setMyCommands([{ command: 'start', description: 'Begin' }])
  assert.equal(server.telegram.commandsFor(MASHA)[0]?.description, 'Начать')
  assert.equal(server.telegram.commandsFor(5_000_000_003)[0]?.description, 'Begin')
  await bot.api.setChatMenuButton({
    menu_button: { type: 'web_app', text: 'Vitte', web_app: { url: 'http://localhost:3000/app' } },
  })
  assert.equal(server.telegram.menuButtonFor(MASHA).type, 'web_app')
  await assert.rejects(
    () => bot.api.sendMessage(1, 'x'),
    (error) => error instanceof GrammyError && error.error_code === 400,
  )
})
