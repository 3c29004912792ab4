import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Message } from '#contract/api'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { enterBot } from '../journeys/bot-chat.ts'
import { letProofsAge, letTheDayPass } from '../journeys/leaving-steps.ts'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { look } from './looks.ts'
import { pageWords } from './page-words.ts'

const WORDS = 'Сирень цветёт у окна'
const MAIL = 'leaving@example.org'

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const site = await openPage(browser, { colorScheme: 'light', reducedMotion: 'reduce' })
const { page } = site
const person = new Person(world.vitte.url)
const step = journey('leaving', page)
const telegram = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
const bot = await enterBot(world.sandbox, telegram.id)
let userId = ''

const button = (name: string) => page.getByRole('button', { name, exact: true })
const erasure = async () => (await person.me()).user.erasure

step('the settings lead to one’s own data, where all of it is downloaded', async () => {
  userId = (await person.signInByWidget(world.sandbox, telegram.id)).id
  await person.proveMail(world.sandbox, MAIL)
  await person.startConversation('arina')
  await person.talk(WORDS)
  await enterAs(page.context(), person, world.vitte.url)
  await page.goto(`${world.vitte.url}/settings`)
  await page
    .getByRole('main')
    .getByRole('link', { name: t('menu-data') })
    .click()
  await page.getByRole('heading', { name: t('data-export') }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), button(t('data-export-action')).click()])
  assert.equal(download.suggestedFilename(), 'vitte.zip')
  const files = unzipSync(new Uint8Array(await readFile(await download.path())))
  const said: Message[] = JSON.parse(strFromU8(files['messages.json'] ?? new Uint8Array()))
  assert.ok(said.some(({ text }) => text === WORDS))
})

step('leaving says what goes and what stays, asks for a proof that is old, and then waits for a day', async () => {
  await letProofsAge(world)
  await button(t('leave-action')).click()
  const sheet = page.getByRole('dialog', { name: t('leave-title') })
  for (const words of ['leave-goes-talks', 'leave-stays-payments', 'leave-stays-telegram']) {
    await sheet.getByText(t(words)).waitFor()
  }
  assert.deepEqual(await look({ page, name: 'leave-sheet' }), [])
  await page.keyboard.press('Tab')
  await sheet.getByRole('button', { name: t('leave-yes') }).press('Enter')
  await sheet.getByText(t('leave-proof')).waitFor()
  assert.equal(await erasure(), null)
  await person.proveMail(world.sandbox, MAIL)
  await enterAs(page.context(), person, world.vitte.url)
  await page.goto(`${world.vitte.url}/settings/data?leave`)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('leave-yes') })
    .click()
  await button(t('leaving-stay')).waitFor()
  assert.ok(await erasure())
  assert.deepEqual(await look({ page, name: 'leaving' }), [])
  await screenshot(page, 'leaving')
})

step('every page shows the way back, and one press takes it', async () => {
  await page.goto(world.vitte.url)
  await page.getByText(t('leaving-strip')).waitFor()
  assert.deepEqual(await look({ page, name: 'leaving-strip' }), [])
  await page.getByRole('link', { name: t('leaving-strip-back') }).click()
  await button(t('leaving-stay')).click()
  await button(t('leave-action')).waitFor()
  assert.equal(await erasure(), null)
})

step(
  'asked for again in the bot it is seen on the page at once, and when the day is over the page is signed out',
  async () => {
    bot.send('/delete')
    await bot.tap('Удалить всё через сутки')
    await button(t('leaving-stay')).waitFor()
    await letTheDayPass(world, userId)
    await page.getByRole('heading', { name: t('data-export') }).waitFor({ state: 'hidden' })
    await page.getByText(t('hero-line')).waitFor()
    assert.equal((await person.client.call('/api/me')).status, 401)
  },
)

step('whoever writes again is somebody new to the bot', async () => {
  const before = bot.texts().length
  bot.send('/start')
  await waitFor(
    () =>
      bot
        .texts()
        .slice(before)
        .some((text) => text.includes('18')),
    { what: 'the first question' },
  )
})

step('nothing failed on the way that the page had to complain about', async () => {
  // The refused wish is one that this test made up.
  assert.deepEqual(
    complaintsOf(site).filter((complaint) => !complaint.includes('status of 403')),
    [],
  )
})
