import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { allowTelegram, askForLink, openLink, proveByMail, webPerson } from './joining.ts'
import { journey } from './journey.ts'
import { readCode } from './mail-sign-in.ts'
import { type Messenger, openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'

// SPEC, user stories 1, 3 and 6: the shorter ways to one user, and the links that lead nowhere.
const MASHA = 700_000_001
const ILYA = 700_000_002
const NEW = 'new@example.org'
const SECOND = 'second@example.org'
const THIRD = 'third@example.org'

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const telegram = await openPage(browser, { reducedMotion: 'reduce' })
const site = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = site
const messenger = await openMessenger(telegram.page, world.sandbox, ILYA)
const heading = (key: string) => page.getByRole('heading', { name: t(key), exact: true })
const button = (key: string) => page.getByRole('button', { name: t(key), exact: true })
const step = journey('linking-ways', telegram.page, page)
let link = ''

/** There is no address bar in Telegram. */
async function goInApp({ frame: holder }: Messenger, path: string): Promise<void> {
  const frame = await (await holder.elementHandle())?.contentFrame()
  await frame?.evaluate((next) => history.pushState(null, '', next), path)
}

step('somebody who is not signed in is told why to, and the link outlives the sign-in', async () => {
  await messenger.start()
  link = await askForLink(messenger)
  await openLink(page, link)
  await page.getByText(t('sign-in-link')).waitFor()
  assert.equal(page.url(), `${world.vitte.url}/link`)
  await screenshot(page, 'linking-ways-1-sign-in')
  await page.getByRole('textbox', { name: t('email-label') }).fill(NEW)
  await button('email-send').click()
  const field = page.getByRole('textbox', { name: t('code-text', { email: NEW }) })
  await field.fill(await readCode(page, world.sandbox, NEW))
  await heading('link-title').waitFor()
})

step('with nothing to lose one press is enough', async () => {
  await button('link-confirm').click()
  await heading('link-done-title').waitFor()
  await page.getByRole('link', { name: t('link-open-talk') }).click()
  await button('menu-open').filter({ visible: true }).click()
  await button('menu-settings').click()
  await page
    .getByRole('main')
    .getByRole('link', { name: t('menu-logins') })
    .click()
  await page.getByText(NEW, { exact: true }).waitFor()
  await page.getByText('Илья').first().waitFor()
})

step('a second web user is refused this Telegram, in plain words', async () => {
  await page.context().clearCookies()
  await enterAs(page.context(), await webPerson(world, SECOND, 'Есть кто живой?'), world.vitte.url)
  await openLink(page, await askForLink(messenger))
  await heading('link-telegram_already_linked-title').waitFor()
  await screenshot(page, 'linking-ways-2-taken')
})

step('an old link says so, and a newer one has taken its place', async () => {
  const old = await askForLink(messenger)
  await sql`UPDATE link_tokens SET expires_at = now() - interval '1 second' WHERE state = 'open'`.execute(
    world.database.db,
  )
  await openLink(page, old)
  await heading('link-expired-title').waitFor()
  const superseded = await askForLink(messenger)
  await askForLink(messenger)
  await openLink(page, superseded)
  await heading('link-superseded-title').waitFor()
  // In the same tab: the page is there already, and only the fragment is new.
  await page.goto(`${world.vitte.url}/link#${'x'.repeat(43)}`)
  await heading('link-not_found-title').waitFor()
})

step('connecting Telegram on the site asks before it joins a talk, and then there is one of both', async () => {
  await page.goto(`${world.vitte.url}/settings/logins`)
  await button('logins-add').click()
  await page.getByRole('link', { name: t('connect-action') }).click()
  await allowTelegram(page, 'Маша')
  await heading('link-title').waitFor()
  assert.equal(page.url(), `${world.vitte.url}/link`)
  await button('link-not-mine-web').waitFor()
  await screenshot(page, 'linking-ways-3-web')
  await button('link-confirm').click()
  await heading('link-done-title').waitFor()
})

step('in the Mini App there is nothing to join, and the page says so', async () => {
  await messenger.openApp()
  await messenger.app.getByRole('heading').first().waitFor()
  await goInApp(messenger, '/app/link')
  await messenger.app.getByRole('heading', { name: t('link-mini-app-title') }).waitFor()
  await screenshot(telegram.page, 'linking-ways-4-mini-app')
})

step('what a link alone has joined is parted by either login: in Telegram the launch data are the proof', async () => {
  await goInApp(messenger, '/app/settings/undo')
  await messenger.app.getByText(t('undo-proven')).waitFor()
  await screenshot(telegram.page, 'linking-ways-5-undo')
  await messenger.app.getByRole('button', { name: t('undo-confirm'), exact: true }).click()
  await messenger.app.getByRole('heading', { name: t('undo-done-title') }).waitFor()
})

step('a login is added in place, after a proof when the sign-in is old, and removed again', async () => {
  await sql`UPDATE session_proofs SET proven_at = proven_at - interval '6 minutes'`.execute(world.database.db)
  await sql`UPDATE sessions SET proven_at = proven_at - interval '6 minutes'`.execute(world.database.db)
  await page.goto(`${world.vitte.url}/settings/logins`)
  await button('logins-add').click()
  await page.getByText(t('logins-add-proof')).waitFor()
  await proveByMail(page, world.sandbox, t, SECOND)
  const sheet = page.getByRole('dialog', { name: t('logins-add') })
  await sheet.getByRole('textbox', { name: t('email-label') }).fill(THIRD)
  await button('email-send').click()
  const field = page.getByRole('textbox', { name: t('code-text', { email: THIRD }) })
  await field.fill('000000')
  await sheet.getByRole('alert').waitFor()
  await field.fill(await readCode(page, world.sandbox, THIRD))
  await sheet.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: t('logins-remove-named', { login: THIRD }) }).click()
  await button('logins-remove').last().click()
  await page.getByText(t('logins-removed')).waitFor()
  await page.getByText(THIRD, { exact: true }).waitFor({ state: 'detached' })
})

step('a device is signed out from another one, and everywhere', async () => {
  const elsewhere = await openPage(browser, { reducedMotion: 'reduce' })
  await elsewhere.page.goto(world.vitte.url)
  await elsewhere.page.getByRole('link', { name: t('sign-in-telegram') }).click()
  await allowTelegram(elsewhere.page, 'Маша')
  await elsewhere.page.getByRole('button', { name: t('menu-open') }).waitFor()
  await page.goto(`${world.vitte.url}/settings/logins`)
  const end = page.getByRole('button', { name: /^Завершить:/ })
  await end.nth(1).waitFor()
  const row = page
    .getByRole('listitem')
    .filter({ hasNotText: t('sessions-current') })
    .filter({ has: end })
  await row.getByRole('button').click()
  await elsewhere.page.getByRole('link', { name: t('sign-in-telegram') }).waitFor()
  await elsewhere.page.context().close()
  await button('sessions-end-all').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('sessions-end-all') })
    .click()
  await page.getByRole('link', { name: t('sign-in-telegram') }).waitFor()
})

step(
  'two logins that were both proven take both to part: there, the code from the mail goes with the launch data',
  async () => {
    const another = await openPage(browser, { reducedMotion: 'reduce' })
    const masha = await openMessenger(another.page, world.sandbox, MASHA)
    await masha.start()
    await masha.openApp()
    await masha.app.getByRole('button', { name: t('menu-open') }).waitFor()
    await goInApp(masha, '/app/settings/undo')
    const part = masha.app.getByRole('button', { name: t('undo-confirm'), exact: true })
    await masha.app.getByRole('button', { name: t('prove-by-mail') }).click()
    const field = masha.app.getByRole('textbox', { name: t('code-text', { email: SECOND }) })
    assert.ok(await part.isDisabled())
    await field.fill('000000')
    await part.click()
    await masha.app.getByRole('alert').waitFor()
    await masha.app.getByRole('button', { name: t('prove-by-mail') }).click()
    await field.fill(await readCode(page, world.sandbox, SECOND))
    await screenshot(another.page, 'linking-ways-6-undo')
    await part.click()
    await masha.app.getByRole('heading', { name: t('undo-done-title') }).waitFor()
  },
)
