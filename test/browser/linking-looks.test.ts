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

// What these pages look like; that their states come about is shown in linking.test.ts.
const REFUSALS = [
  [410, 'used'],
  [410, 'superseded'],
  [410, 'voided'],
  [404, 'not_found'],
  [409, 'telegram_already_linked'],
  [409, 'web_already_linked'],
] as const
const HOUR_MS = 3_600_000
const TELEGRAM = { displayName: 'Маша Круглова', username: 'masha_k' }
const WEB = { email: 'masha.kruglova@example.org', provider: null, displayName: 'masha.kruglova@example.org' }
const PREVIEW: LinkPreview = {
  telegram: TELEGRAM,
  web: WEB,
  logins: [
    { provider: 'email', displayName: 'masha.kruglova@example.org' },
    { provider: 'email', displayName: 'm@example.org' },
  ],
  moves: { messages: 128, credits: { basic: 10, pro: 0, cassandra: 3 } },
  origin: 'bot',
  codeRequired: true,
  fresh: true,
}
const UNDO: UndoPreview = {
  until: new Date(Date.now() + 6 * 24 * HOUR_MS).toISOString(),
  telegram: TELEGRAM,
  web: WEB,
  back: { messages: 128, credits: { basic: 7, pro: 0, cassandra: 0 } },
  stays: { messages: 3 },
  proven: { telegram: true, web: false },
  eitherWillDo: false,
}

const world = await startBrowserWorld()
const browser = await launchChromium()

test('a link can be understood and answered by everybody, on a phone and wide, by day and by night', async (scope) => {
  const visitor = await arrive(scope, 'ru')
  await seeProposal(visitor)
  await seeCode(visitor)
  await seeEnds(visitor)
  await seeNothingToJoin(visitor)
  assert.deepEqual(visitor.findings, [])
})

test('so can logins, devices and the undoing, in English', async (scope) => {
  const visitor = await arrive(scope, 'en')
  await seeLogins(visitor)
  await seeUndo(visitor)
  assert.deepEqual(visitor.findings, [])
})

async function arrive(scope: Scope, locale: Locale): Promise<Visitor> {
  const person = new Person(world.vitte.url, scope)
  person.client.language = locale
  await person.signInByMail(world.sandbox, `looks-${locale}@example.org`)
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

/** Lets the server say this about every link from now on. */
async function answer({ page }: Visitor, deed: 'preview' | 'confirm', json: object, status = 200): Promise<void> {
  await page.unroute(`**/api/link/${deed}`)
  await page.route(`**/api/link/${deed}`, (route) => route.fulfill({ status, json }))
}

async function seeProposal(visitor: Visitor): Promise<void> {
  const { page, see } = visitor
  await answer(visitor, 'preview', PREVIEW)
  await openLink(visitor)
  await heading(visitor, 'link-title').waitFor()
  assert.equal(new URL(page.url()).hash, '')
  await see('link-proposal')
  await answer(visitor, 'confirm', { code: 'not_fresh' }, 403)
  await visitor.press('link-confirm')
  await heading(visitor, 'link-proof-title').waitFor()
  await see('link-proof', '390')
}

async function seeCode(visitor: Visitor): Promise<void> {
  const expiresAt = new Date(Date.now() + HOUR_MS).toISOString()
  await answer(visitor, 'confirm', { status: 'code_required', code: '482915', expiresAt })
  await openLink(visitor)
  await visitor.press('link-confirm')
  await heading(visitor, 'link-code-title').waitFor()
  await visitor.see('link-code')
  // Back from Telegram to a page that was thrown away meanwhile.
  await visitor.page.reload()
  await visitor.page.getByText('482915').waitFor()
  await answer(visitor, 'preview', { code: 'expired' }, 410)
  await heading(visitor, 'link-expired-title').waitFor()
  await visitor.see('link-expired', '390')
}

async function seeEnds(visitor: Visitor): Promise<void> {
  for (const [status, code] of REFUSALS) {
    await answer(visitor, 'preview', { code }, status)
    await openLink(visitor)
    await heading(visitor, `link-${code}-title`).waitFor()
    await visitor.page.getByText(visitor.t(`link-${code}-text`)).waitFor()
  }
  await answer(visitor, 'preview', { code: 'internal' }, 500)
  await openLink(visitor)
  await heading(visitor, 'link-failed-title').waitFor()
  await visitor.see('link-failed', '390')
  await answer(visitor, 'preview', PREVIEW)
  await answer(visitor, 'confirm', { status: 'linked' })
  await visitor.press('action-again')
  await visitor.press('link-confirm')
  await heading(visitor, 'link-done-title').waitFor()
  await visitor.see('link-done')
}

async function seeNothingToJoin(visitor: Visitor): Promise<void> {
  const { page } = visitor
  for (const code of ['login_taken', 'not_fresh', 'whatever']) {
    await page.goto(`${world.vitte.url}/link?problem=${code}`)
    await heading(visitor, `link-${code === 'whatever' ? 'other' : code}-title`).waitFor()
  }
  await page.goto(`${world.vitte.url}/link`)
  await heading(visitor, 'link-missing-title').waitFor()
  await visitor.see('link-missing', '390')
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
  await page.route('**/api/link/undo', (route) => route.fulfill({ json: { undo: UNDO } }))
  await page.route('**/api/me', async (route) => {
    const response = await route.fetch()
    const me = await response.json()
    const identities = [
      { id: 'a', channel: 'telegram', provider: 'telegram', displayName: TELEGRAM.displayName, reachable: true },
      { id: 'b', channel: 'web', provider: 'email', displayName: WEB.email, reachable: true },
    ]
    await route.fulfill({ response, json: { ...me, identities, offers: { connectTelegram: null } } })
  })
  await page.goto(`${world.vitte.url}/settings/logins`)
  await heading(visitor, 'undo-heading').waitFor()
  await page.getByRole('button', { name: TELEGRAM.displayName }).click()
  await page.getByRole('dialog', { name: t('logins-remove-title') }).waitFor()
  await see('logins-remove', '390')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: t('undo-open') }).click()
  await heading(visitor, 'undo-proofs').waitFor()
  await see('undo')
}
