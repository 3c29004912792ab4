import assert from 'node:assert/strict'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { journey } from './journey.ts'
import { lookAtApp } from './looks.ts'
import { openMessenger } from './messenger.ts'
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
const telegram = await openPage(browser, { reducedMotion: 'reduce' })
const messenger = await openMessenger(telegram.page, world.sandbox, ILYA)
const talk = talkOn(messenger.app, t)
const step = journey('mini-app', telegram.page)

step('the menu button opens the talk, signed in without a click, in a frame of another site', async () => {
  await messenger.start()
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
  world.sandbox.model.control({ text: ANSWER, delayMsPerWord: 120 })
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
