import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { lookAtApp, MOODS } from './looks.ts'
import { openMessenger } from './messenger.ts'
import { giveConversations, giveDebt, giveEntries, giveSubscription } from './own-past.ts'
import { pageWords } from './page-words.ts'
import { type Visitor, visit } from './visitor.ts'

const TELEGRAM_PERSON = 700_000_001

const world = await startBrowserWorld()
const browser = await launchChromium()

test('settings, credits and conversations can be used by everybody, on a phone and wide, by day and by night', async (scope) => {
  const person = new Person(world.vitte.url)
  await person.signInByWidget(world.sandbox, TELEGRAM_PERSON)
  const visitor = await enter(await visit(browser, scope, 'ru'), person)
  await giveSubscription(world, person, TELEGRAM_PERSON)
  await giveDebt(world, person)
  await seeSettings(visitor)
  await seeCredits(visitor)
  await seeBuying(visitor)
  await seeConversations(visitor)
  assert.deepEqual(visitor.findings, [])
  assert.deepEqual(visitor.complaints(), [])
})

test('the same in English, for somebody without Telegram', async (scope) => {
  const person = new Person(world.vitte.url)
  await person.signInByMail(world.sandbox, 'own@example.org')
  await person.client.call('/api/me', { method: 'PATCH', body: { locale: 'en' } })
  const visitor = await enter(await visit(browser, scope, 'en'), person)
  await seeSettings(visitor)
  await seeCredits(visitor)
  await seeConversations(visitor)
  assert.deepEqual(visitor.findings, [])
  assert.deepEqual(visitor.complaints(), [])
})

for (const mood of MOODS) {
  test(`inside Telegram they wear its theme: ${mood}`, async () => {
    const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
    const person = new Person(world.vitte.url)
    await person.openMiniApp(world.sandbox, id)
    await person.confirmAdult()
    await person.startConversation('arina')
    const t = await pageWords('ru')
    const watched = await openPage(browser, { colorScheme: mood, reducedMotion: 'reduce' })
    const there = await openMessenger(watched.page, world.sandbox, id)
    const findings: string[] = []
    await there.start()
    await there.openApp()
    for (const name of ['settings', 'credits', 'memory', 'reminders']) {
      await there.app.getByRole('button', { name: t('menu-open') }).click()
      await there.app.getByRole('button', { name: t(`menu-${name}`), exact: true }).click()
      await there.app.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      findings.push(...(await lookAtApp(there, `mini-app-${name}`, [mood])))
    }
    assert.equal(await there.app.getByRole('button', { name: t('action-back') }).count(), 0, 'Telegram leads back')
    assert.deepEqual(findings, [])
    assert.deepEqual(complaintsOf(watched), [])
    await watched.page.context().close()
  })
}

test('when nobody answers each page says so in its place', async (scope) => {
  const person = new Person(world.vitte.url)
  await person.signInByMail(world.sandbox, 'silence@example.org')
  const visitor = await enter(await visit(browser, scope, 'ru'), person)
  const { page, t, see, findings } = visitor
  await page.route('**/api/credits/entries*', (route) => route.fulfill({ status: 503, body: '' }))
  await page.route('**/api/conversations', (route) => route.fulfill({ status: 503, body: '' }))
  await page.goto(`${world.vitte.url}/credits`)
  await page.getByText(t('entries-failed')).waitFor()
  await see('credits-failed', '390')
  await page.goto(`${world.vitte.url}/chat/all`)
  await page.getByRole('main').getByText(t('conversations-failed')).waitFor()
  await see('conversations-failed', '1280')
  assert.deepEqual(findings, [])
})

/** Opens the site as somebody who has talked for a while. */
async function enter(visitor: Visitor, person: Person): Promise<Visitor> {
  await person.confirmAdult()
  await giveConversations(world, person)
  await giveEntries(world, person)
  await enterAs(visitor.page.context(), person, world.vitte.url)
  return visitor
}

async function seeSettings({ page, t, see, locale }: Visitor): Promise<void> {
  await page.goto(`${world.vitte.url}/settings`)
  await page.getByRole('heading', { name: t('settings-look') }).waitFor()
  await see('settings')
  const first = page.getByRole('switch', { name: t('settings-first-allow') })
  if (locale === 'ru') {
    await page.locator('label').filter({ has: first }).click()
    await page.getByRole('heading', { name: t('settings-first') }).evaluate((heading) => heading.scrollIntoView())
    await see('settings-first')
  }
  await page.getByRole('button', { name: t('settings-zone') }).click()
  await page.getByRole('dialog', { name: t('settings-zone') }).waitFor()
  await page.getByRole('searchbox').fill(locale === 'ru' ? 'а' : 'n')
  await see('zones', '390')
  await page.getByRole('searchbox').fill('xyzzy')
  await page.getByText(t('settings-zones-none')).waitFor()
  await see('zones-none', '390')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
}

async function seeCredits({ page, t, see }: Visitor): Promise<void> {
  await page.goto(`${world.vitte.url}/credits`)
  await page.getByRole('button', { name: t('entries-more') }).waitFor()
  await see('credits')
}

/** Nobody of these has yet what is sold: the invoice, and the question before the renewal is stopped. */
async function seeBuying({ page, t, see, press }: Visitor): Promise<void> {
  await press('subscription-stop')
  await page.getByRole('dialog', { name: t('subscription-stop-title') }).waitFor()
  await see('subscription-stop', '390')
  await page.keyboard.press('Escape')
  await page.getByLabel(t('cap-field')).fill('много')
  await press('cap-save')
  await page.getByText(t('cap-wrong', { max: 100_000 })).waitFor()
  await page.getByRole('heading', { name: t('cap-title') }).evaluate((heading) => heading.scrollIntoView())
  await see('cap', '390')
  await page.goto(world.vitte.url)
  await page.getByRole('button', { name: new RegExp(t('balance-title')) }).click()
  await press('shop-open')
  const sheet = page.getByRole('dialog', { name: t('shop-title') })
  await sheet.getByText(t('shop-subscribed')).waitFor()
  await see('shop')
  await sheet.getByRole('button', { name: t('shop-buy', { stars: 150 }) }).click()
  await sheet.getByText(t('shop-invoice-title')).waitFor()
  await see('invoice')
}

async function seeConversations({ page, t, see, press }: Visitor): Promise<void> {
  await page.goto(`${world.vitte.url}/chat/all`)
  await page.getByRole('main').getByText(t('conversation-past')).waitFor()
  await see('conversations')
  await press('menu-open')
  await page.getByRole('dialog').waitFor()
  await see('menu', '390')
}
