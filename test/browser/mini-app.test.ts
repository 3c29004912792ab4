import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium, openPage, screenshot, type WatchedPage } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { journey } from './journey.ts'
import { look, MOODS, type Mood } from './looks.ts'
import { type Messenger, openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// SPEC, user story 2.3, and SC-005: the Mini App opens signed in.
const ILYA = 700_000_002
const ANSWER = 'Отвечаю сюда же, где ты спросил: в этом окне видно каждое слово, пока я его пишу, а в чате тихо.'
const HOUR_SECONDS = 3_600

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const known = new Person(world.vitte.url)
await known.openMiniApp(world.sandbox, ILYA)
await known.confirmAdult()
await known.startConversation('arina')
const telegram = await openPage(browser)
const messenger = await openMessenger(telegram.page, world.sandbox, ILYA)
const talk = talkOn(messenger.app, t)
const step = journey('mini-app', telegram.page)

step('the menu button opens the talk, signed in without a click, in a frame of another site', async () => {
  await messenger.say('/start')
  await messenger.openApp()
  await talk.log.waitFor()
  await talk.balance(50).waitFor()
  const storage = await messenger.app.locator('body').evaluate(() => {
    try {
      return `open, ${localStorage.length}`
    } catch {
      return 'closed'
    }
  })
  assert.equal(storage, 'closed', 'the browser treats the frame as another site')
})

step('US2.3: a question in the Mini App is answered in it, word by word, and not in the chat', async () => {
  const before = world.sandbox.telegram.replies(ILYA).length
  world.sandbox.model.control({ text: ANSWER, delayMsPerWord: 40 })
  await talk.say('Куда ты ответишь?')
  const seen = await talk.watchGrowing(ANSWER)
  assert.ok(seen.length > 2, `grew in steps: ${seen}`)
  await talk.stop.waitFor({ state: 'hidden' })
  await talk.balance(49).waitFor()
  assert.equal(world.sandbox.telegram.replies(ILYA).length, before)
  const answer = (await known.history()).at(-1)
  assert.deepEqual([answer?.text, answer?.channel, answer?.interface], [ANSWER, 'telegram', 'webapp'])
})

step('closed and opened again it is the same talk, and what the bot is asked meanwhile is there', async () => {
  world.sandbox.model.control({ text: 'А это я пишу в чат.', delayMsPerWord: 0 })
  await messenger.closeApp()
  await messenger.say('А теперь в боте')
  await messenger.heard.getByText('А это я пишу в чат.').waitFor()
  await messenger.openApp()
  await talk.log.getByText('А это я пишу в чат.').waitFor()
  await talk.log.getByText(ANSWER).waitFor()
  await talk.balance(48).waitFor()
})

step('launch data that are stale lead back to the bot, in plain words', async () => {
  await messenger.closeApp()
  const authDateSeconds = Math.floor(Date.now() / 1000) - 2 * HOUR_SECONDS
  const initData = world.sandbox.telegram.initData(ILYA, { authDateSeconds })
  await telegram.page.route('**/init-data', (route) => route.fulfill({ json: { initData } }))
  await messenger.openApp()
  await messenger.app.getByRole('heading', { name: t('stale-title') }).waitFor()
  assert.deepEqual(await lookAtApp(messenger, 'mini-app-stale', ['light']), [])
  await messenger.app.getByRole('button', { name: t('telegram-return') }).click()
  await messenger.frame.waitFor({ state: 'detached' })
  await telegram.page.unroute('**/init-data')
})

step('outside Telegram the same address leads to the website', async () => {
  const outside = await openPage(browser)
  await outside.page.goto(`${world.vitte.url}/app`)
  await outside.page.getByRole('link', { name: t('sign-in-telegram') }).waitFor()
  assert.equal(new URL(outside.page.url()).pathname, '/')
  await outside.page.context().close()
  assert.deepEqual(complaintsOf(outside), [])
})

step('nothing failed on the way that the page had to complain about', async () => {
  assert.deepEqual(complaintsOf(telegram), [])
})

for (const mood of MOODS) {
  test(`every screen of the Mini App can be used by everybody, on a phone and wide, ${mood}`, async () => {
    const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
    const watched = await openPage(browser, { colorScheme: mood, reducedMotion: 'reduce' })
    const findings = await walkThrough(await openMessenger(watched.page, world.sandbox, id), mood)
    assert.deepEqual(findings, [])
    assert.deepEqual(complaintsOf(watched), [])
    await watched.page.context().close()
  })
}

/** A newcomer's screens, who goes to the Mini App before anything else. */
async function walkThrough(there: Messenger, mood: Mood): Promise<string[]> {
  const { app } = there
  const button = (key: string) => app.getByRole('button', { name: t(key), exact: true })
  const findings: string[] = []
  const see = async (name: string) => findings.push(...(await lookAtApp(there, `mini-app-${name}`, [mood])))
  await there.start()
  await there.openApp()
  await app.getByRole('heading', { name: t('companions-title') }).waitFor()
  await see('companions')
  await chooseStory(app, t, 'Кассандра')
  await see('companion')
  await button('story-start').click()
  await app.getByRole('dialog', { name: t('adult-title') }).waitFor()
  await see('adult')
  await button('adult-yes').click()
  await app.getByRole('heading', { name: t('started-title', { name: 'Кассандра' }) }).waitFor()
  await see('started')
  await app.getByRole('link', { name: t('started-stay') }).click()
  const talk = talkOn(app, t, 'cassandra')
  world.sandbox.model.control({ text: 'Карта легла **прямо**. Что ты в ней видишь первым?', delayMsPerWord: 0 })
  await talk.say('Вытяни мне карту на этот вечер')
  await talk.log.getByText('Что ты в ней видишь первым?').waitFor()
  await talk.balance(2).click()
  await app.getByRole('dialog', { name: t('balance-title') }).waitFor()
  await see('balance')
  await button('action-close').click()
  await see('talk')
  await button('menu-open').click()
  await app.getByRole('dialog', { name: 'Вера' }).waitFor()
  await see('menu')
  await screenshot(there.page, `mini-app-menu-in-telegram-${mood}`)
  return findings
}

async function lookAtApp({ page, frame }: Messenger, name: string, moods: readonly Mood[]): Promise<string[]> {
  const content = await (await frame.elementHandle())?.contentFrame()
  if (!content) throw new Error('the Mini App is not open')
  return look({ page, name, frame: content, moods })
}

/** Who is not signed in, or no longer, is told so with 401, and Chromium writes every such answer down. */
function complaintsOf({ complaints }: WatchedPage): string[] {
  return complaints.filter((complaint) => !complaint.includes('status of 401'))
}
