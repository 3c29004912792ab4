import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { buttonsOf } from './bot-chat.ts'
import { botTalker, type Talker } from './bot-steps.ts'

// SPEC, user story 5: welcome instead of annoying, and never to the web.
const OFF = 'Больше не писать первой'
const OPENER = 'Сегодня склеила карту с дорогой к морю.'
const world = await startWorld(undefined, {
  env: { ENGAGEMENT_AFTER: '72h', QUIET_HOURS: 'none', PROACTIVE_DAILY_CAP: '5' },
})
const { telegram, model } = world.sandbox

/** In a talk, with a yes. */
async function wanting(t: TestContext): Promise<Talker> {
  const talker = await botTalker(world, t)
  await talker.app.client.call('/api/me', { method: 'PATCH', body: { proactive: { enabled: true } } })
  return talker
}

/** So many hours go by for this person alone. */
async function silentFor({ userId }: Talker, hours: number): Promise<void> {
  for (const statement of [
    `UPDATE users SET spoke_at = spoke_at - make_interval(hours => $2) WHERE id = $1`,
    `UPDATE initiatives SET at = at - make_interval(hours => $2) WHERE user_id = $1`,
    `UPDATE engagements SET silent_since = silent_since - make_interval(hours => $2), due_at = now() WHERE user_id = $1`,
  ]) {
    await world.database.pool.query(statement, [userId, hours])
  }
}

/** Waits until the plan has looked at this person, and gives why the last moment was passed over; null when it was used. */
async function lookedAt({ userId }: Talker, moments: number): Promise<string | null> {
  return waitFor(
    async () => {
      const { rows } = await world.database.pool.query<{ moment: number; skipped: string | null }>(
        `SELECT e.moment, i.skipped FROM engagements e JOIN initiatives i USING (user_id)
         WHERE user_id = $1 AND e.phase = 'waiting' ORDER BY i.at DESC LIMIT 1`,
        [userId],
      )
      return rows[0]?.moment === moments ? [rows[0].skipped] : undefined
    },
    { what: `moment ${moments} of the silence` },
  ).then(([skipped]) => skipped ?? null)
}

const opened = ({ bot }: Talker) => bot.texts().filter((text) => text === OPENER).length

test('US5: after a silence the companion writes first, in the bot and in the shared history, and it costs nothing', async (t) => {
  model.control({ text: OPENER })
  const talker = await wanting(t)
  const { credits } = await talker.app.me()
  const page = await talker.app.watch()
  await silentFor(talker, 73)
  const line = await page.next('message', ({ role, text }) => role === 'assistant' && text === OPENER)
  assert.deepEqual([line.channel, line.interface, line.turn], ['telegram', 'bot', undefined])
  await talker.bot.hears((text) => text === OPENER)
  const shown = talker.bot.messages().at(-1)
  assert.deepEqual(shown && buttonsOf(shown), [OFF])
  assert.deepEqual((await talker.app.me()).credits, credits)
  const asked = JSON.stringify(model.calls().at(-1)?.messages)
  assert.match(asked, /Не упоминай молчание/)
})

test('US5: the button under it ends it, says so, and goes', async (t) => {
  model.control({ text: OPENER })
  const talker = await wanting(t)
  await silentFor(talker, 73)
  await talker.bot.hears((text) => text === OPENER)
  const { callbackQueryId, messageId } = await talker.bot.tap(OFF)
  assert.match(await talker.bot.toldOver(callbackQueryId), /настройках/)
  await talker.bot.becomes(messageId, (text, buttons) => text === OPENER && buttons.length === 0)
  assert.equal((await talker.app.me()).user.proactive.enabled, false)
  const { rows } = await world.database.pool.query('SELECT due_at FROM engagements WHERE user_id = $1', [talker.userId])
  assert.deepEqual(rows, [{ due_at: null }])
})

test('US5: who blocks the bot is left in peace, the web goes on, and writing again heals it', async (t) => {
  model.control({ text: OPENER })
  const talker = await wanting(t)
  telegram.block(talker.id)
  const telegramOf = async () => (await talker.app.me()).identities.find(({ channel }) => channel === 'telegram')
  await waitFor(async () => (await telegramOf())?.reachable === false, { what: 'the block to be known' })
  await silentFor(talker, 73)
  assert.equal(await lookedAt(talker, 1), 'unreachable')
  assert.equal(opened(talker), 0)
  assert.equal((await talker.app.talk('А на странице?')).text, OPENER, 'the web answers')
  telegram.unblock(talker.id)
  await waitFor(async () => (await telegramOf())?.reachable === true, { what: 'the chat to be open again' })
  await silentFor(talker, 73)
  await waitFor(() => opened(talker) === 1, { what: 'the companion to write again' })
})

test('a chat that only the sending finds closed stops what would come next', async (t) => {
  model.control({ text: OPENER })
  const talker = await wanting(t)
  telegram.deactivate(talker.id)
  await silentFor(talker, 73)
  await waitFor(
    async () =>
      (await talker.app.me()).identities.some(({ channel, reachable }) => channel === 'telegram' && !reachable),
    { what: 'the refusal to be known' },
  )
  await silentFor(talker, 200)
  assert.equal(await lookedAt(talker, 2), 'unreachable')
})

test('with the model away one of her author’s lines comes', async (t) => {
  const talker = await wanting(t)
  model.control({ text: null, failures: [{ kind: '500', times: null }] })
  const before = talker.bot.messages().length
  await silentFor(talker, 73)
  await waitFor(() => talker.bot.messages().length > before, { what: 'a line of the author' })
  model.control({ failures: [] })
  const said = talker.bot.texts().at(-1) ?? ''
  assert.match(said, /Аркадий Львович|список покупок|прогноз для моряков/)
})

/** Talks in the bot, line by line. */
async function talkInBot(bot: Talker['bot'], lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    bot.send(line)
    await bot.hears((text) => text === line)
  }
}

test('after a few answers in the bot comes one question, once, and its answer stands in its place', async (t) => {
  model.control({ text: null, mode: 'echo' })
  const { bot, app } = await botTalker(world, t)
  await talkInBot(bot, ['первое', 'второе'])
  assert.equal(bot.texts().filter((text) => text.includes('писать вам первым')).length, 0)
  await talkInBot(bot, ['третье'])
  const { callbackQueryId, messageId } = await bot.tap('Да, можно')
  await bot.becomes(messageId, (text, buttons) => text.includes('иногда напишет первым') && buttons.length === 0)
  assert.equal(await bot.toldOver(callbackQueryId), '')
  assert.deepEqual((await app.me()).user.proactive, { enabled: true, chosen: true, quietHours: 'none' })
  await talkInBot(bot, ['четвёртое'])
  assert.equal(bot.texts().filter((text) => text.includes('писать вам первым')).length, 0)
})

test('whoever does not answer the question is not asked again, and is not written to', async (t) => {
  model.control({ text: null, mode: 'echo' })
  const { bot, app } = await botTalker(world, t)
  await talkInBot(bot, ['раз', 'два', 'три', 'четыре', 'пять'])
  await bot.hears((text) => text.includes('писать вам первым'))
  assert.equal(bot.texts().filter((text) => text.includes('писать вам первым')).length, 1)
  assert.deepEqual((await app.me()).user.proactive, { enabled: false, chosen: false, quietHours: 'none' })
})

test('whose answers come to pages is not asked in the bot', async (t) => {
  model.control({ text: null, mode: 'echo' })
  const { bot, app } = await botTalker(world, t)
  for (const line of ['раз', 'два', 'три', 'четыре']) await app.talk(line)
  assert.ok(bot.texts().every((text) => !text.includes('писать вам первым')))
})
