import assert from 'node:assert/strict'
import type { Route } from 'playwright-core'
import { launchChromium, openPage } from '#test/chromium'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { complaintsOf } from './complaints.ts'
import { journey } from './journey.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// SPEC, user story 4, and the Mini App's half of CHAT: characters, stories, renewing, settings, the way back.
const OLEG = 700_000_021
const WELCOME_BASIC = 50
const IN_APP = 'Слышу тебя и здесь.'
const IN_BOT = 'А в чате тихо, как ты любишь.'
const AFRESH = 'Тогда с чистого листа.'

const world = await startBrowserWorld()
const { sandbox } = world
const browser = await launchChromium()
const t = await pageWords('ru')
sandbox.telegram.addPerson({ id: OLEG, firstName: 'Олег', languageCode: 'ru' })
const telegram = await openPage(browser, { reducedMotion: 'reduce' })
const messenger = await openMessenger(telegram.page, sandbox, OLEG)
const { app } = messenger
const talk = talkOn(app, t)
const heading = (name: string) => app.getByRole('heading', { name, exact: true })
const ofSheet = (name: string) => telegram.page.locator('.sheet-header').getByRole('button', { name, exact: true })
let starts = 0
telegram.page.on('request', (request) => {
  if (request.method() === 'POST' && request.url().endsWith('/api/conversations')) starts += 1
})
const step = journey('mini-app-manners', telegram.page)

step('US4.1: a button of the bot opens the Mini App signed in, at the companions', async () => {
  await messenger.start()
  await messenger.press('Мне есть 18')
  await messenger.press('Выбрать собеседника')
  await heading(t('companions-title')).waitFor()
})

step('choosing a story taps back, and the details say who this is and what a reply costs', async () => {
  await chooseStory(app, 'Арина', 1)
  assert.ok((await messenger.felt('selection-change')) > 0)
  await app.getByText('Реставратор из города у реки').waitFor()
  await app.getByText(t('price-reply', { price: t('credits-basic-count', { count: 1 }) })).waitFor()
  assert.equal(await app.getByRole('button', { name: t('story-start') }).count(), 0, 'the button is Telegram’s')
})

step('pressed twice it starts once, and Telegram’s button leads back to where the first line waits', async () => {
  await messenger.bigButton(t('story-start')).dblclick()
  await heading(t('started-title', { name: 'Арина' })).waitFor()
  assert.equal(starts, 1)
  assert.equal(await messenger.felt('notification-success'), 1)
  await messenger.bigButton(t('telegram-return')).click()
  await messenger.frame.waitFor({ state: 'detached' })
  // After the greeting and the choice.
  await messenger.heard.nth(2).waitFor()
})

step('US4.2: what was said in the Mini App is in the talk when the bot goes on with it', async () => {
  await messenger.openApp()
  sandbox.model.control({ text: IN_APP, delayMsPerWord: 0 })
  await talk.say('Пишу из приложения')
  assert.equal(await messenger.felt('impact-light'), 1)
  await talk.log.getByText(IN_APP).waitFor()
  await messenger.closeApp()
  sandbox.model.control({ text: IN_BOT })
  await messenger.say('А я снова в боте')
  await messenger.heard.getByText(IN_BOT).waitFor()
  assert.ok(promptFor('А я снова в боте').includes('Пишу из приложения'))
})

step('US4.3: the balance is the same wherever it was spent', async () => {
  await messenger.openApp()
  await talk.log.getByText('Пишу из приложения').waitFor()
  await talk.balance(WELCOME_BASIC - 2).waitFor()
})

step('Telegram asks before closing only while a text would be lost, and a pull down never closes', async () => {
  assert.equal(await telegram.page.locator('.sheet').getAttribute('data-swipes'), 'off')
  await talk.field.fill('Недописанное')
  await messenger.closeApp()
  await telegram.page.getByRole('button', { name: 'Отмена', exact: true }).click()
  assert.equal(await talk.field.inputValue(), 'Недописанное')
  await talk.field.fill('')
  await messenger.closeApp()
  await messenger.frame.waitFor({ state: 'detached' })
})

step('the companion’s link opens the companion, and renewing says before what it does', async () => {
  await messenger.follow('persona_arina')
  await heading('Арина').waitFor()
  await app.getByText(t('story-archives-this')).waitFor()
  await app.getByRole('link', { name: t('story-continue') }).waitFor()
  await messenger.bigButton(t('story-renew')).click()
  await heading(t('started-title', { name: 'Арина' })).waitFor()
  assert.equal(starts, 2)
})

step('who stays is in the new talk, and the archived lines stand readable above it', async () => {
  await app.getByRole('link', { name: t('started-stay') }).click()
  await talk.log.getByText('Пишу из приложения').waitFor()
  sandbox.model.control({ text: AFRESH })
  await talk.say('Начнём сначала')
  await talk.log.getByText(AFRESH).waitFor()
  assert.ok(!promptFor('Начнём сначала').includes('Пишу из приложения'), 'nothing archived in the prompt')
})

step('Telegram’s own settings entry opens the settings, and its back button leads back', async () => {
  await ofSheet('Настройки приложения').click()
  await heading(t('menu-settings')).waitFor()
  await ofSheet('К списку людей').click()
  await talk.log.waitFor()
})

step('a link to a companion that does not exist opens the list and says so', async () => {
  await messenger.closeApp()
  await messenger.frame.waitFor({ state: 'detached' })
  await messenger.follow('persona_nobody')
  await app.getByText(t('companions-gone')).waitFor()
  await app.getByRole('link', { name: /Кассандра/ }).waitFor()
})

step('a companion withdrawn while the page is open: the start says so, and nothing is lost', async () => {
  await messenger.closeApp()
  await messenger.frame.waitFor({ state: 'detached' })
  await telegram.page.route('**/api/personas', addWithdrawn)
  await messenger.follow('persona_withdrawn')
  await heading('Мира').waitFor()
  await telegram.page.unroute('**/api/personas', addWithdrawn)
  await messenger.bigButton(t('story-start')).click()
  await app.getByText(t('companions-gone')).waitFor()
  assert.equal(starts, 3)
  assert.equal(await messenger.felt('notification-error'), 1)
})

step('nothing failed on the way that the page had to complain about', async () => {
  // The refused start is a 404, which Chromium writes down like every refusal.
  const complaints = complaintsOf(telegram).filter((complaint) => !complaint.includes('status of 404'))
  assert.deepEqual(complaints, [])
})

/** The texts of the prompt that ended with this question. */
function promptFor(question: string): string[] {
  const prompts = sandbox.model.calls().map(({ messages }) => messages.map(({ content }) => content))
  return prompts.find((texts) => texts.at(-1) === question) ?? []
}

/** The list as it was a moment before a companion left it. */
async function addWithdrawn(route: Route): Promise<void> {
  const response = await route.fetch()
  const { personas } = await response.json()
  const withdrawn = { ...personas[0], id: 'withdrawn', name: 'Мира' }
  await route.fulfill({ response, json: { personas: [...personas, withdrawn] } })
}
