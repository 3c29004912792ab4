import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { DESK, launchChromium, openPage, PHONE, screenshot } from '#test/chromium'
import { shotsFolder } from '#test/environment'
import { freePort } from '#test/free-port'
import { Person } from '#test/people'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'

// Each page stands under its policy with nothing to complain about, for who is signed in and for who is not.
const ILYA = 700_000_002
const OUTSIDE = ['/', '/sign-in', '/sign-in?error=cancelled', '/link', '/terms', '/privacy']
const INSIDE = [
  ...OUTSIDE,
  '/characters',
  '/characters/arina',
  '/characters/cassandra',
  '/chat/all',
  '/chat/started',
  '/credits',
  '/memory',
  '/reminders',
  '/settings',
  '/settings/logins',
  '/settings/undo',
]
/** Pages that the server writes itself, with what they answer. */
const WRITTEN: Record<string, number> = { '/elsewhere': 404, '/settings.php': 404, '/auth/nobody': 404 }

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const person = new Person(world.vitte.url)
await person.signInByMail(world.sandbox, 'walker@example.org')
await person.confirmAdult()
await person.startConversation('arina')
await person.talk('Привет')

for (const [size, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`signed out, on a ${size}: every page stands in silence`, async (scope) => {
    const { page, complaints } = await open(scope, viewport)
    for (const path of OUTSIDE) await stands(page, path, size)
    assert.deepEqual(complaints(), [])
  })

  test(`signed in, on a ${size}: every page stands in silence`, async (scope) => {
    const { page, complaints } = await open(scope, viewport)
    await enterAs(page.context(), person, world.vitte.url)
    for (const path of INSIDE) await stands(page, path, size)
    assert.deepEqual(complaints(), [])
  })
}

test('what the server writes itself stands in silence, too', async (scope) => {
  const { page, complaints } = await open(scope, PHONE)
  for (const [path, status] of Object.entries(WRITTEN)) {
    const answer = await page.goto(world.vitte.url + path)
    assert.equal(answer?.status(), status, path)
    await page.getByRole('heading').waitFor()
  }
  assert.deepEqual(
    complaints().filter((complaint) => !complaint.includes('status of 404')),
    [],
  )
})

test('the Mini App stands in silence in Telegram’s frame, and in no other', async (scope) => {
  const { page, complaints } = await open(scope, PHONE)
  const messenger = await openMessenger(page, world.sandbox, ILYA)
  await messenger.start()
  await messenger.openApp()
  await messenger.app.getByRole('heading').first().waitFor()
  assert.deepEqual(complaints(), [])
  const foreign = await open(scope, PHONE)
  await foreign.page.goto(await foreignSite(scope))
  const framed = () =>
    foreign.page
      .frames()
      .slice(1)
      .map((frame) => frame.url())
  await waitFor(() => framed().length === 3 && framed().every((url) => url.startsWith('chrome-error:')), {
    what: 'three frames that were refused',
  })
})

test('after signing out the way back shows nothing of the talk', async (scope) => {
  const { page } = await open(scope, PHONE)
  const leaver = new Person(world.vitte.url, scope)
  await leaver.signInByMail(world.sandbox, 'leaver@example.org')
  await leaver.confirmAdult()
  await leaver.startConversation('arina')
  await leaver.talk('Секретик')
  await enterAs(page.context(), leaver, world.vitte.url)
  await page.goto(world.vitte.url)
  await page.getByText('Секретик').first().waitFor()
  await page.goto(`${world.vitte.url}/settings`)
  await page
    .getByRole('button', { name: t('menu-open') })
    .filter({ visible: true })
    .click()
  await page.getByRole('button', { name: t('menu-sign-out') }).click()
  await page.getByRole('heading', { name: t('sign-in-title') }).waitFor()
  for (let back = 0; back < 2; back += 1) {
    await page.goBack()
    if (page.url() === 'about:blank') break
    await page.getByRole('heading', { name: t('sign-in-title') }).waitFor()
    assert.ok(!(await page.content()).includes('Секретик'))
  }
})

/** A site of somebody else that shows pages of ours in frames. */
async function foreignSite(scope: Scope): Promise<string> {
  const body = ['app', 'link', 'terms'].map((path) => `<iframe src="${world.vitte.url}/${path}"></iframe>`).join('')
  const server = createServer((_request, answer) => answer.setHeader('content-type', 'text/html').end(body))
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  scope.after(() => server.close())
  return `http://127.0.0.1:${port}/`
}

async function open(scope: Scope, viewport: { width: number; height: number }) {
  const { page, complaints } = await openPage(browser, { viewport, reducedMotion: 'reduce' })
  scope.after(() => page.context().close())
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`refused by ${violatedDirective}: ${blockedURI}`)
    })
  })
  // Who is not signed in is told so with 401, and Chromium writes every such answer down.
  return { page, complaints: () => complaints.filter((complaint) => !complaint.includes('status of 401')) }
}

/** Waits until the page has said what it is and has nothing more to ask for. */
async function stands(page: Page, path: string, size: string): Promise<void> {
  const answer = await page.goto(world.vitte.url + path, { waitUntil: 'load' })
  assert.equal(answer?.status(), 200, path)
  assert.match(answer?.headers()['content-security-policy'] ?? '', /^default-src 'none'; script-src 'self'/)
  await page.locator('main, h1, h2').first().waitFor()
  await waitFor(async () => (await page.locator('[aria-busy=true]').count()) === 0, { what: `all of ${path}` })
  if (shotsFolder()) await screenshot(page, `every-${size}${path.replaceAll(/\W/g, '-')}`)
}
