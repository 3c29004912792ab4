import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botChat, enterBot } from './bot-chat.ts'
import { notToBeAsked } from './bot-steps.ts'
import { askForLink, codeOf, hearsNext, linksIn, said, telegramUser, webUser, wrongCode } from './link-steps.ts'

// What the bot's chat says and keeps while two users are joined; the rules of joining have tests of their own.
const world = await startWorld()
const { telegram, mailbox, model } = world.sandbox
model.control({ mode: 'echo' })

const settled = () => waitFor(() => telegram.pendingUpdates().length === 0, { what: 'every update to be settled' })
const mailsTo = (email: string) => mailbox.mails().filter(({ to }) => to.includes(email))

test('/link is offered among the commands and in /help, in both languages', async () => {
  for (const [languageCode, word] of [
    ['ru', 'сайте'],
    ['en', 'website'],
  ] as const) {
    const { id } = telegram.addPerson({ firstName: 'Читает', languageCode })
    const chat = botChat(world.sandbox, id)
    assert.ok(
      telegram.commandsFor(id).some(({ command, description }) => command === 'link' && description.includes(word)),
    )
    assert.match(await hearsNext(chat, () => chat.send('/help')), /\n\/link — /)
  }
})

test('the link stands in the text, without a picture of our page, and its secret in no row', async (t) => {
  const { id, bot } = await telegramUser(world, t)
  const secret = await askForLink(bot)
  const call = telegram.calls({ method: 'sendMessage', chatId: id }).at(-1)
  assert.match(JSON.stringify(call?.params.link_preview_options), /is_disabled\W+true/)
  const { rows } = await sql<{ notice: unknown }>`
    SELECT notice FROM deliveries WHERE address = ${String(id)} AND notice->>'key' = 'link'
  `.execute(world.database.db)
  assert.equal(rows.length, 1)
  assert.ok(!JSON.stringify(rows).includes(secret))
})

test('F38 five presses at once are five links, and only the newest works', async (t) => {
  const { id, bot } = await telegramUser(world, t)
  const { site } = await webUser(world, t)
  for (let press = 0; press < 5; press += 1) telegram.sendText(id, '/link')
  await waitFor(() => linksIn(bot).length === 5, { what: 'five links' })
  const answers = await Promise.all(linksIn(bot).map(async (token) => said(await site.previewLink(token))))
  assert.deepEqual(answers.slice(0, 4), Array(4).fill('410 superseded'))
  assert.equal(answers[4], '200 undefined')
})

test('the same /link repeated by Telegram is one link', async (t) => {
  const { bot } = await telegramUser(world, t)
  telegram.duplicateNext(1, 4)
  await askForLink(bot)
  await settled()
  await hearsNext(bot, () => bot.send('/credits'))
  assert.equal(linksIn(bot).length, 1)
})

test('wrong codes are counted down, cost nothing, and are in no history', async (t) => {
  const { bot, site } = await telegramUser(world, t, ['до кода'])
  const web = await webUser(world, t, ['есть что терять'])
  const code = codeOf(await web.site.confirmLink(await askForLink(bot)))
  const before = [await site.history(), (await site.me()).credits]
  telegram.duplicateNext(1, 4)
  assert.match(await hearsNext(bot, () => bot.send(wrongCode(code))), /остались 2 попытки/)
  await settled()
  assert.match(await hearsNext(bot, () => bot.send(wrongCode(code, 2))), /осталась 1 попытка/)
  assert.match(await hearsNext(bot, () => bot.send(wrongCode(code, 3))), /больше не действует/)
  assert.deepEqual([await site.history(), (await site.me()).credits], before)
  assert.equal((await web.site.me()).identities.length, 1)
})

test('after three spoiled links a new one is to be had a day later', async (t) => {
  const { bot, userId } = await telegramUser(world, t)
  const web = await webUser(world, t, ['есть что терять'])
  for (let round = 0; round < 3; round += 1) {
    const code = codeOf(await web.site.confirmLink(await askForLink(bot)))
    for (const step of [1, 2, 3]) await hearsNext(bot, () => bot.send(wrongCode(code, step)))
  }
  assert.match(await hearsNext(bot, () => bot.send('/link')), /через сутки/)
  await sql`
    UPDATE link_tokens SET ended_at = ended_at - interval '25 hours' WHERE telegram_user_id = ${userId}
  `.execute(world.database.db)
  await askForLink(bot)
})

test('a code that ran out is told once; then digits are a message like any other', async (t) => {
  const { bot, site, userId } = await telegramUser(world, t, ['до кода'])
  const web = await webUser(world, t, ['есть что терять'])
  const code = codeOf(await web.site.confirmLink(await askForLink(bot)))
  await sql`
    UPDATE link_tokens SET created_at = now() - interval '6 minutes', code_expires_at = now() - interval '1 second'
    WHERE telegram_user_id = ${userId}
  `.execute(world.database.db)
  assert.match(await hearsNext(bot, () => bot.send(code)), /вышло/)
  assert.ok((await site.history()).every(({ text }) => text !== code))
  assert.equal(await hearsNext(bot, () => bot.send(code)), code)
})

test('the right code, also repeated, is answered once; chat and address are told', async (t) => {
  const { bot, site } = await telegramUser(world, t, ['до кода'])
  const web = await webUser(world, t, ['есть что терять'])
  const code = codeOf(await web.site.confirmLink(await askForLink(bot)))
  telegram.duplicateNext(1, 4)
  assert.match(await hearsNext(bot, () => bot.send(`${code.slice(0, 3)}-${code.slice(3)}`)), /^Готово/)
  await settled()
  // First comes what the web login had talked about; then the answer.
  assert.match(await hearsNext(bot, () => bot.send('после кода')), /^Пока вас не было/)
  await bot.hears((text) => text === 'после кода')
  assert.equal(bot.texts().filter((text) => text.startsWith('Готово')).length, 1)
  assert.ok((await site.history()).every(({ text }) => !text.includes(code.slice(3))))
  assert.equal((await site.me()).identities.length, 2)
  await waitFor(() => mailsTo(web.email).some(({ subject }) => subject === 'Ваш вход в Vitte соединён с Telegram'))
})

test('whoever is asked to join hears of it by mail, without the code and without a link', async (t) => {
  const { bot } = await telegramUser(world, t)
  const web = await webUser(world, t, ['есть что терять'])
  const code = codeOf(await web.site.confirmLink(await askForLink(bot)))
  const warning = await waitFor(() => mailsTo(web.email).find(({ subject }) => subject.startsWith('Соединить')))
  assert.match(warning.text, /«Вера»/)
  for (const body of [warning.text, warning.html ?? '', warning.subject]) assert.ok(!body.includes(code))
  assert.doesNotMatch(warning.html ?? '', /href/)
})

test('why a code joined nobody is said: the site got another Telegram meanwhile', async (t) => {
  const first = await telegramUser(world, t)
  const second = await telegramUser(world, t)
  const web = await webUser(world, t, ['есть что терять'])
  const code = codeOf(await web.site.confirmLink(await askForLink(first.bot)))
  await sql`
    UPDATE identities SET user_id = ${web.userId} WHERE provider = 'telegram' AND external_id = ${String(second.id)}
  `.execute(world.database.db)
  assert.match(await hearsNext(first.bot, () => first.bot.send(code)), /с другим Telegram/)
})

test('six digits that nobody asked for are talk', async (t) => {
  const { bot, site } = await telegramUser(world, t, ['привет'])
  await notToBeAsked(site)
  assert.equal(await hearsNext(bot, () => bot.send('123456')), '123456')
  assert.ok((await site.history()).some(({ role, text }) => role === 'user' && text === '123456'))
  await askForLink(bot)
  assert.equal(await hearsNext(bot, () => bot.send('654 321')), '654 321')
})

test('/link in a group is not heard', async () => {
  const { id, firstName } = telegram.addPerson({ firstName: 'Групповая', languageCode: 'ru' })
  const chat = await enterBot(world.sandbox, id)
  const update = telegram.pushUpdate(
    {
      message: {
        message_id: 1,
        date: Math.floor(Date.now() / 1000),
        from: { id, is_bot: false, first_name: firstName },
        chat: { id: -1_000_000_000_001, type: 'supergroup', title: 'Группа' },
        text: '/link',
        entities: [{ type: 'bot_command', offset: 0, length: 5 }],
      },
    },
    id,
  )
  assert.ok(update)
  await settled()
  await hearsNext(chat, () => chat.send('/credits'))
  assert.deepEqual(linksIn(chat), [])
})
