import assert from 'node:assert/strict'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// The day's tokens are gone: both sides say so in a sentence of their own, and the next day the question is asked again.
const MASHA = 700_000_001

const world = await startBrowserWorld({ LLM_DAILY_TOKENS: '1000000' })
const { model } = world.sandbox
const browser = await launchChromium()
const t = await pageWords('ru')
const inTelegram = await openPage(browser)
const messenger = await openMessenger(inTelegram.page, world.sandbox, MASHA)
const onSite = await openPage(browser, { reducedMotion: 'reduce' })
const reader = new Person(world.vitte.url)
const talk = talkOn(onSite.page, t)
const step = journey('resting', inTelegram.page, onSite.page)
model.control({ mode: 'echo' })

step('on the site: why there is no answer today, and that it cost nothing', async () => {
  await messenger.start()
  await messenger.press('Мне есть 18')
  await reader.signInByWidget(world.sandbox, MASHA)
  await reader.startConversation('arina')
  await enterAs(onSite.page.context(), reader, world.vitte.url)
  await onSite.page.goto(world.vitte.url)
  await reader.talk('пока есть силы')
  await world.database.pool.query('UPDATE model_days SET tokens_spent = 1000000')
  await talk.say('Поговорим?')
  await talk.log.getByText(t('unanswered-resting')).waitFor()
  await screenshot(onSite.page, 'resting-site')
  await onSite.page.reload()
  await talk.log.getByText(t('unanswered-resting')).waitFor()
})

step('in the chat: the same in the bot’s words, with the way to ask again', async () => {
  await messenger.say('А тут?')
  await inTelegram.page.getByText('силы кончились у всех собеседников').waitFor()
  await screenshot(inTelegram.page, 'resting-telegram')
})

step('the next day the button asks again, and the answer comes', async () => {
  await world.database.pool.query('UPDATE model_days SET day = day - 1')
  const again = talk.log.getByRole('button', { name: t('action-again') })
  await messenger.press('Повторить')
  await waitFor(async () => (await again.count()) === 1, { what: 'the answer to the question of the chat' })
  await again.click()
  await talk.log.getByText(t('unanswered-resting')).waitFor({ state: 'hidden' })
  await waitFor(async () => (await talk.log.getByText('Поговорим?').count()) === 2, { what: 'the answer on the site' })
  assert.deepEqual(complaintsOf(onSite), [])
})
