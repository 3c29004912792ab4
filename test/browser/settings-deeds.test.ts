import assert from 'node:assert/strict'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { giveConversations, giveEntries, READERS_ZONE } from './own-past.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

const TELEGRAM_PERSON = 700_000_001

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const en = await pageWords('en')
const site = await openPage(browser, { timezoneId: READERS_ZONE, colorScheme: 'light' })
const { page } = site
const person = new Person(world.vitte.url)
const step = journey('settings', page)

const button = (name: string) => page.getByRole('button', { name })
const pressed = (label: string) => page.locator('label').filter({ hasText: new RegExp(`^${label}`) })
const saved = () => page.getByRole('status').filter({ hasText: t('settings-saved') })
const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

step('the menu leads to the settings, and the settings to every page of one’s own and back', async () => {
  await person.signInByWidget(world.sandbox, TELEGRAM_PERSON)
  await person.confirmAdult()
  await giveConversations(world, person)
  await giveEntries(world, person)
  await enterAs(page.context(), person, world.vitte.url)
  await page.goto(world.vitte.url)
  for (const [key, path] of Object.entries({
    'menu-memory': '/memory',
    'menu-credits': '/credits',
    'menu-conversations': '/chat/all',
    'menu-logins': '/settings/logins',
  })) {
    await page.goto(`${world.vitte.url}/settings`)
    await page
      .getByRole('main')
      .getByRole('link', { name: t(key) })
      .click()
    await page.waitForURL(`**${path}`)
    await button(t('action-back')).click()
    await page.waitForURL('**/settings')
  }
  await button(t('menu-open')).click()
  await button(t('menu-settings')).click()
  await page.getByRole('heading', { name: t('menu-settings') }).waitFor()
})

step('the clock of the device is taken by one press, another one is found by a city', async () => {
  await button(t('settings-zone-take')).click()
  await saved().waitFor()
  assert.equal((await person.me()).user.timezone, 'Asia/Omsk')
  await button(t('settings-zone')).click()
  await page.getByRole('searchbox').fill('челяб')
  await page.getByRole('searchbox').press('Enter')
  await waitFor(async () => (await person.me()).user.timezone === 'Asia/Yekaterinburg', { what: 'the zone' })
  await button(t('settings-zone')).getByText(t('zone-yekaterinburg')).waitFor()
  await button(t('settings-zone-take')).waitFor()
})

step('the companion may write first, but not at night', async () => {
  const first = page.getByRole('switch', { name: t('settings-first-allow') })
  assert.equal(await first.isChecked(), false, 'nobody is written to who has not said so')
  await pressed(t('settings-first-allow')).click()
  await page.getByLabel(t('settings-quiet-from'), { exact: true }).selectOption('23:30')
  await page.getByLabel(t('settings-quiet-to'), { exact: true }).selectOption('07:00')
  await waitFor(async () => (await person.me()).user.proactive.quietHours === '23:30-07:00', { what: 'the night' })
  await pressed(t('settings-quiet')).click()
  await page.getByText(t('settings-quiet-none')).waitFor()
  await waitFor(async () => (await person.me()).user.proactive.quietHours === 'none', { what: 'no quiet hours' })
  assert.equal((await person.me()).user.proactive.enabled, true)
})

step('what is not saved goes back and says so', async () => {
  await page.route('**/api/me', (route) =>
    route.request().method() === 'PATCH' ? route.fulfill({ status: 503, body: '' }) : route.continue(),
  )
  const first = page.getByRole('switch', { name: t('settings-first-allow') })
  await pressed(t('settings-first-allow')).click()
  await page.getByText(t('settings-not-saved')).waitFor()
  assert.equal(await first.isChecked(), true)
  await page.unroute('**/api/me')
  await pressed(t('settings-first-allow')).click()
  await waitFor(async () => !(await person.me()).user.proactive.enabled, { what: 'the switch' })
})

step('day and night are chosen, also against the system, and stay chosen', async () => {
  const day = await ground()
  await pressed(t('settings-mood-night')).click()
  const night = await ground()
  assert.notEqual(night, day)
  await page.reload()
  await page.getByRole('heading', { name: t('menu-settings') }).waitFor()
  assert.equal(await ground(), night)
  assert.equal(await page.getByLabel(t('settings-mood-night'), { exact: true }).isChecked(), true)
  await screenshot(page, 'settings-night')
  await pressed(t('settings-mood-day')).click()
  assert.equal(await ground(), day)
})

step('less motion stops what the system would let move', async () => {
  const slow = () =>
    page.evaluate(() =>
      Number.parseFloat(getComputedStyle(document.querySelector('.button, .pill') as Element).transitionDuration),
    )
  assert.ok((await slow()) > 0.1)
  await pressed(t('settings-motion-less')).click()
  assert.ok((await slow()) <= 0.001)
})

step('the keyboard alone changes the language, of this page and of everything else', async () => {
  await page.getByLabel('Русский').focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: en('menu-settings') }).waitFor()
  await page.getByRole('heading', { name: en('settings-look') }).waitFor()
  await waitFor(async () => (await person.me()).user.locale === 'en', { what: 'the language' })
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('heading', { name: t('menu-settings') }).waitFor()
  await waitFor(async () => (await person.me()).user.locale === 'ru', { what: 'the language' })
})

step('the history of the balance goes back to the first gift', async () => {
  await page.goto(`${world.vitte.url}/credits`)
  await button(t('entries-more')).scrollIntoViewIfNeeded()
  await page.getByText(t('entry-welcome')).first().waitFor()
  await button(t('entries-more')).waitFor({ state: 'hidden' })
  world.sandbox.model.control({ text: 'Здесь.' })
  const replies = page.getByRole('link', { name: t('entry-hold-named', { name: 'Арина', count: 1 }), exact: true })
  assert.equal(await replies.count(), 0)
  await person.talk('Ты здесь?')
  await replies.waitFor()
  await page.getByText(t('entry-welcome')).first().waitFor()
})

step('an archived conversation comes back, one that is too old does not', async () => {
  await page.goto(`${world.vitte.url}/chat/all`)
  const rows = page.getByRole('main').getByRole('listitem')
  await rows.filter({ hasText: t('conversation-past') }).waitFor()
  assert.equal(
    await rows
      .filter({ hasText: t('conversation-past') })
      .getByRole('button')
      .count(),
    0,
  )
  const before = (await person.me()).conversation?.id
  await rows.getByRole('button', { name: /^Вернуть разговор: Арина/ }).click()
  await page.getByText(t('conversation-restored-other')).waitFor()
  await talkOn(page, t).field.waitFor()
  assert.notEqual((await person.me()).conversation?.id, before)
})

step('nothing failed on the way that the page had to complain about', async () => {
  // The refused change is one that this test made up.
  assert.deepEqual(
    complaintsOf(site).filter((complaint) => !complaint.includes('status of 503')),
    [],
  )
})
