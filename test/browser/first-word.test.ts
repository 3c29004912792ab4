import assert from 'node:assert/strict'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { enterBot } from '../journeys/bot-chat.ts'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { look } from './looks.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// Asked once whether the companion may write first, where that can come true.
const MASHA = 700_000_001
const ILYA = 700_000_002

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const site = await openPage(browser, { colorScheme: 'light' })
const { page } = site
const talk = talkOn(page, t)
const step = journey('first-word', page)
const question = page.getByText(t('chat-ask-first'))
world.sandbox.model.control({ mode: 'echo' })

async function enter(telegramId: number): Promise<Person> {
  const person = new Person(world.vitte.url)
  await person.signInByWidget(world.sandbox, telegramId)
  await person.confirmAdult()
  await person.startConversation('arina')
  await page.context().clearCookies()
  await enterAs(page.context(), person, world.vitte.url)
  await page.goto(`${world.vitte.url}/chat`)
  return person
}

step('whom the bot cannot write to is not asked', async () => {
  await enter(ILYA)
  await talk.say('Здесь дождь')
  await talk.log.getByText('Здесь дождь').nth(1).waitFor()
  assert.equal(await question.count(), 0)
})

step('after the first answer it is asked once, on a phone and on a desk, by day and by night', async () => {
  await enterBot(world.sandbox, MASHA)
  await enter(MASHA)
  await talk.field.waitFor()
  assert.equal(await question.count(), 0)
  await talk.say('Здесь дождь')
  await question.waitFor()
  assert.deepEqual(await look({ page, name: 'first-word' }), [])
})

step('the answer is kept, and the question does not come back', async () => {
  await page.getByRole('button', { name: t('chat-ask-yes') }).click()
  await question.waitFor({ state: 'detached' })
  const person = new Person(world.vitte.url)
  await person.signInByWidget(world.sandbox, MASHA)
  await waitFor(async () => (await person.me()).user.proactive.enabled, { what: 'the yes' })
  await page.reload()
  await talk.log.getByText('Здесь дождь').nth(1).waitFor()
  assert.equal(await question.count(), 0)
  assert.deepEqual(complaintsOf(site), [])
})

step('answered in the bot, it goes from an open page', async () => {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const bot = await enterBot(world.sandbox, id)
  await enter(id)
  await talk.say('Здесь снег')
  await question.waitFor()
  bot.send('/settings')
  await bot.tap('Писать первым')
  await bot.tap('Да, пусть пишет')
  await question.waitFor({ state: 'detached' })
})
