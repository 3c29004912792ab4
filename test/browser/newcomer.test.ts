import assert from 'node:assert/strict'
import { DESK, launchChromium, openPage, screenshot } from '#test/chromium'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { complaintsOf } from './complaints.ts'
import { journey } from './journey.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

const MASHA = 700_000_001
const WELCOME_BASIC = 50
const ANSWER =
  'Хороший вопрос для вечера. Я бы начала с малого: открыть окно, поставить чайник и рассказать мне, что сегодня было тихим.'

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const telegram = await openPage(browser, { reducedMotion: 'reduce' })
const site = await openPage(browser, { viewport: DESK, reducedMotion: 'reduce' })
const messenger = await openMessenger(telegram.page, world.sandbox, MASHA)
const talk = talkOn(site.page, t)
const step = journey('newcomer', telegram.page, site.page)

step('in the chat with the bot: /start, 18+, and the Mini App opens by the button', async () => {
  await messenger.start()
  await messenger.press('Мне есть 18')
  await messenger.press('Выбрать собеседника')
  await messenger.app.getByRole('heading', { name: t('companions-title') }).waitFor()
  await screenshot(telegram.page, 'newcomer-1-companions')
})

step('in the Mini App: Arina, a story, start, and back to the chat, where her first line waits', async () => {
  await chooseStory(messenger.app, 'Арина', 1)
  await screenshot(telegram.page, 'newcomer-2-companion')
  await messenger.bigButton(t('story-start')).click()
  const back = messenger.bigButton(t('telegram-return'))
  await back.waitFor()
  await screenshot(telegram.page, 'newcomer-3-started')
  await back.click()
  await messenger.frame.waitFor({ state: 'detached' })
  // After the greeting and the choice.
  await messenger.heard.nth(2).waitFor()
})

step('a question in the bot is answered in the bot', async () => {
  world.sandbox.model.control({ text: 'Слышу тебя. У меня как раз закипел чайник.' })
  await messenger.say('Привет, ты здесь?')
  await messenger.heard.getByText('Слышу тебя. У меня как раз закипел чайник.').waitFor()
  await screenshot(telegram.page, 'newcomer-4-bot')
})

step('in another browser, signed in with Telegram as the same person: the history and the balance', async () => {
  await site.page.goto(world.vitte.url)
  await site.page.getByRole('link', { name: t('sign-in-telegram') }).click()
  await site.page.getByRole('radio', { name: /Маша/ }).check({ force: true })
  await screenshot(site.page, 'newcomer-5-issuer')
  await site.page.getByRole('button', { name: 'Разрешить' }).click()
  await talk.log.getByText('Привет, ты здесь?').waitFor()
  await talk.log.getByText('Слышу тебя. У меня как раз закипел чайник.').waitFor()
  assert.equal(new URL(site.page.url()).origin, world.vitte.url)
  await talk.balance(WELCOME_BASIC - 1).waitFor()
  await screenshot(site.page, 'newcomer-6-history')
})

step('a question on the site: the answer grows and ends there, and the bot is not told', async () => {
  const before = await messenger.heard.count()
  world.sandbox.model.control({ text: ANSWER, delayMsPerWord: 120 })
  await talk.say('С чего начать вечер?')
  const seen = await talk.watchGrowing(ANSWER)
  assert.ok(seen.length > 2, `grew in steps: ${seen}`)
  await talk.balance(WELCOME_BASIC - 2).waitFor()
  await talk.stop.waitFor({ state: 'hidden' })
  assert.equal(await talk.log.getByText(ANSWER).count(), 1)
  assert.equal(await messenger.heard.count(), before)
})

step('what is written in the bot appears on the open page, question and answer', async () => {
  world.sandbox.model.control({ text: 'Тогда до завтра. Не забудь про окно.', delayMsPerWord: 0 })
  await messenger.say('Мне пора спать.')
  await talk.log.getByText('Мне пора спать.').waitFor()
  await talk.log.getByText('Тогда до завтра. Не забудь про окно.').waitFor()
  await messenger.heard.getByText('Тогда до завтра. Не забудь про окно.').waitFor()
  assert.equal(await talk.log.getByText('Мне пора спать.').count(), 1)
  await talk.balance(WELCOME_BASIC - 3).waitFor()
  await screenshot(site.page, 'newcomer-7-live')
})

step('nothing failed on the way that a page had to complain about', async () => {
  assert.deepEqual([...complaintsOf(site), ...complaintsOf(telegram)], [])
})
