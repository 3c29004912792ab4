import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkPreview, UndoPreview } from '#contract/api'
import type { Locale } from '#contract/words'
import { launchChromium } from '#test/chromium'
import { Person } from '#test/people'
import type { Scope } from '#test/scope'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { type Visitor, visit } from './visitor.ts'

// What these pages look like in every state; that the states come about is shown in linking.test.ts.
const DEAD = [
  [410, 'expired'],
  [410, 'used'],
  [410, 'superseded'],
  [410, 'voided'],
  [404, 'not_found'],
  [409, 'telegram_already_linked'],
  [409, 'web_already_linked'],
] as const
const HOUR_MS = 3_600_000

const world = await startBrowserWorld()
const browser = await launchChromium()

for (const locale of ['ru', 'en'] as const) {
  test(`a link in all its states, ${locale}`, async (scope) => {
    const visitor = await arrive(scope, locale, `link-${locale}@example.org`)
    await seeProposal(visitor)
    await seeCode(visitor)
    await seeEnds(visitor)
    assert.deepEqual(visitor.findings, [])
  })

  test(`logins, devices and the undoing, ${locale}`, async (scope) => {
    const visitor = await arrive(scope, locale, `logins-${locale}@example.org`)
    await seeLogins(visitor)
    await seeUndo(visitor)
    assert.deepEqual(visitor.findings, [])
  })
}

async function arrive(scope: Scope, locale: Locale, email: string): Promise<Visitor> {
  const person = new Person(world.vitte.url, scope)
  person.client.language = locale
  await person.signInByMail(world.sandbox, email)
  const visitor = await visit(browser, scope, locale)
  await enterAs(visitor.page.context(), person, world.vitte.url)
  return visitor
}

const heading = ({ page, t }: Visitor, key: string) => page.getByRole('heading', { name: t(key), exact: true })

async function openLink({ page }: Visitor): Promise<void> {
  // Another address first: a new fragment alone is no new page.
  await page.goto('about:blank')
  await page.goto(`${world.vitte.url}/link#secret`)
}

function preview(t: Visitor['t'], change: Partial<LinkPreview> = {}): LinkPreview {
  return {
    telegram: { displayName: t('link-web') === 'Почта' ? 'Маша Круглова' : 'Masha Kruglova', username: 'masha_k' },
    web: { email: 'masha.kruglova@example.org', provider: null, displayName: 'masha.kruglova@example.org' },
    logins: [
      { provider: 'email', displayName: 'masha.kruglova@example.org' },
      { provider: 'email', displayName: 'm@example.org' },
    ],
    moves: { messages: 128, credits: { basic: 10, pro: 0, cassandra: 3 } },
    origin: 'bot',
    codeRequired: true,
    fresh: true,
    ...change,
  }
}

async function seeProposal(visitor: Visitor): Promise<void> {
  const { page, t, see } = visitor
  await page.route('**/api/link/preview', (route) => route.fulfill({ json: preview(t) }))
  await openLink(visitor)
  await heading(visitor, 'link-title').waitFor()
  assert.equal(new URL(page.url()).hash, '')
  await see('link-proposal')
  await page.route('**/api/link/confirm', (route) => route.fulfill({ status: 403, json: { code: 'not_fresh' } }))
  await visitor.press('link-confirm')
  await heading(visitor, 'link-proof-title').waitFor()
  await see('link-proof')
  await page.unroute('**/api/link/preview')
  const plain = {
    origin: 'web',
    codeRequired: false,
    moves: { messages: 0, credits: { basic: 0, pro: 0, cassandra: 0 } },
  }
  const web = preview(t, { ...plain, logins: [] } as Partial<LinkPreview>)
  await page.route('**/api/link/preview', (route) => route.fulfill({ json: web }))
  await openLink(visitor)
  await heading(visitor, 'link-title').waitFor()
  await see('link-proposal-web')
}

async function seeCode(visitor: Visitor): Promise<void> {
  const { page, see } = visitor
  const expiresAt = new Date(Date.now() + HOUR_MS).toISOString()
  await page.route('**/api/link/confirm', (route) =>
    route.fulfill({ json: { status: 'code_required', code: '482915', expiresAt } }),
  )
  // The seconds stand still for the picture.
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 1_000)
  await visitor.press('link-confirm')
  await heading(visitor, 'link-code-title').waitFor()
  await see('link-code')
  await page.clock.resume()
  await page.unroute('**/api/link/confirm')
}

async function seeEnds(visitor: Visitor): Promise<void> {
  const { page, see, t } = visitor
  await page.evaluate(() => sessionStorage.clear())
  for (const [status, code] of DEAD) {
    await page.unroute('**/api/link/preview')
    await page.route('**/api/link/preview', (route) => route.fulfill({ status, json: { code } }))
    await openLink(visitor)
    await heading(visitor, `link-${code}-title`).waitFor()
    await see(`link-${code}`, '390')
  }
  for (const code of ['login_taken', 'not_fresh', 'whatever']) {
    await page.goto(`${world.vitte.url}/link?problem=${code}`)
    await heading(visitor, `link-${code === 'whatever' ? 'other' : code}-title`).waitFor()
    await see(`link-problem-${code}`, '390')
  }
  await page.goto(`${world.vitte.url}/link`)
  await heading(visitor, 'link-missing-title').waitFor()
  await see('link-missing')
  await page.unroute('**/api/link/preview')
  const slower = {
    status: 429,
    headers: { 'retry-after': '30' },
    json: { code: 'rate_limited', detail: t('link-busy-title') },
  }
  await page.route('**/api/link/preview', (route) => route.fulfill(slower))
  await openLink(visitor)
  await heading(visitor, 'link-busy-title').waitFor()
  await page.unroute('**/api/link/preview')
  await page.route('**/api/link/preview', (route) => route.fulfill({ status: 500, json: { code: 'internal' } }))
  await openLink(visitor)
  await heading(visitor, 'link-failed-title').waitFor()
  await see('link-failed', '390')
  await page.route('**/api/link/confirm', (route) => route.fulfill({ json: { status: 'linked' } }))
  await page.unroute('**/api/link/preview')
  await page.route('**/api/link/preview', (route) => route.fulfill({ json: preview(t) }))
  await visitor.press('action-again')
  await visitor.press('link-confirm')
  await heading(visitor, 'link-done-title').waitFor()
  await see('link-done')
}

async function seeLogins(visitor: Visitor): Promise<void> {
  const { page, see, t } = visitor
  await page.goto(`${world.vitte.url}/settings/logins`)
  await heading(visitor, 'sessions-heading').waitFor()
  await see('logins')
  await visitor.press('logins-add')
  await page.getByRole('dialog', { name: t('logins-add') }).waitFor()
  await see('logins-add', '390')
  await page.keyboard.press('Escape')
  await visitor.press('sessions-end-all')
  await page.getByRole('dialog', { name: t('sessions-end-all-title') }).waitFor()
  await see('logins-end-all', '390')
}

async function seeUndo(visitor: Visitor): Promise<void> {
  const { page, see, t } = visitor
  const { telegram, web } = preview(t)
  const undo: UndoPreview = {
    until: new Date(Date.now() + 6 * 24 * HOUR_MS).toISOString(),
    telegram,
    web,
    back: { messages: 128, credits: { basic: 7, pro: 0, cassandra: 0 } },
    stays: { messages: 3 },
    proven: { telegram: true, web: false },
  }
  await page.route('**/api/link/undo', (route) => route.fulfill({ json: { undo } }))
  await page.route('**/api/me', async (route) => {
    const response = await route.fetch()
    const me = await response.json()
    const known = { channel: 'web', provider: 'email', displayName: web.email, reachable: true }
    const identities = [
      { id: 'a', channel: 'telegram', provider: 'telegram', displayName: telegram.displayName, reachable: true },
      { id: 'b', ...known },
    ]
    await route.fulfill({ response, json: { ...me, identities, offers: { connectTelegram: null } } })
  })
  await page.goto(`${world.vitte.url}/settings/logins`)
  await heading(visitor, 'undo-heading').waitFor()
  await see('logins-joined')
  await page.getByRole('button', { name: /masha_k|Маша|Masha/ }).click()
  await page.getByRole('dialog', { name: t('logins-remove-title') }).waitFor()
  await see('logins-remove', '390')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: t('undo-open') }).click()
  await heading(visitor, 'undo-proofs').waitFor()
  await see('undo')
}
