import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Locale } from '#contract/words'
import { launchChromium, openPage } from '#test/chromium'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { complaintsOf } from './complaints.ts'
import { look } from './looks.ts'
import { readCode } from './mail-sign-in.ts'
import { type PageWords, pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

const ANSWER = 'Сначала **чай**, потом разговор:\n\n- достань чашку;\n- открой окно;\n- расскажи, что было *сегодня*.'

const world = await startBrowserWorld({ WELCOME_CREDITS_WEB: 'basic:2,cassandra:1' })
const browser = await launchChromium()

test('every screen of the site can be used by everybody, on a phone and wide, by day and by night', async (scope) => {
  const visitor = await visit(scope, 'ru')
  await seeSignIn(visitor)
  await seeCompanions(visitor, 'Арина')
  await seeTalk(visitor)
  await seeSheets(visitor)
  assert.deepEqual(visitor.findings, [])
  assert.deepEqual(visitor.complaints(), [])
})

test('the same in English', async (scope) => {
  const visitor = await visit(scope, 'en')
  await seeSignIn(visitor)
  await seeCompanions(visitor, 'Cassandra')
  assert.deepEqual(visitor.findings, [])
  assert.deepEqual(visitor.complaints(), [])
})

test('when nobody answers the page says so', async (scope) => {
  const { page, see, findings, t } = await visit(scope, 'ru')
  await page.route('**/api/me', (route) => route.fulfill({ status: 503, body: '' }))
  await page.goto(world.vitte.url)
  await page.getByRole('heading', { name: t('start-failed-title') }).waitFor()
  await see('unreachable')
  assert.deepEqual(findings, [])
})

interface Visitor {
  page: Page
  t: PageWords
  locale: Locale
  findings: string[]
  see(name: string): Promise<unknown>
  press(key: string): Promise<void>
  /** What is no 401, and no answer that a test made up or provoked. */
  complaints(): string[]
}

async function visit(scope: TestContext, locale: Locale): Promise<Visitor> {
  const t = await pageWords(locale)
  const watched = await openPage(browser, { reducedMotion: 'reduce', locale: locale === 'ru' ? 'ru-RU' : 'en-GB' })
  const { page } = watched
  scope.after(() => page.context().close())
  const findings: string[] = []
  return {
    page,
    t,
    locale,
    findings,
    see: async (name) => findings.push(...(await look({ page, name: `site-${locale}-${name}` }))),
    press: (key) => page.getByRole('button', { name: t(key), exact: true }).filter({ visible: true }).click(),
    complaints: () => complaintsOf(watched).filter((complaint) => !complaint.includes('status of 402')),
  }
}

async function seeSignIn({ page, t, locale, see, press }: Visitor): Promise<void> {
  const email = `${locale}@example.org`
  await page.goto(`${world.vitte.url}/sign-in?error=cancelled`)
  await page.getByText(t('sign-in-error-cancelled')).waitFor()
  await see('sign-in-error')
  await page.goto(world.vitte.url)
  await page.getByRole('link', { name: t('sign-in-telegram') }).waitFor()
  await see('sign-in')
  await page.getByRole('textbox', { name: t('email-label') }).fill(email)
  await press('email-send')
  const field = page.getByRole('textbox', { name: t('code-text', { email }) })
  await field.fill('000000')
  await page.getByRole('alert').waitFor()
  await see('code')
  await field.fill(await readCode(page, world.sandbox, email))
  await page.getByRole('heading', { name: t('companions-title') }).waitFor()
}

async function seeCompanions({ page, t, see, press }: Visitor, name: string): Promise<void> {
  await see('companions')
  await chooseStory(page, t, name)
  await page.getByRole('main').evaluate((main) => main.parentElement?.scrollTo(0, 0))
  await see('companion')
  await press('story-start')
  await page.getByRole('dialog', { name: t('adult-title') }).waitFor()
  await see('adult')
  await press('adult-yes')
  await page.getByRole('log').getByRole('article', { name }).first().waitFor()
  await see('opening')
}

async function seeTalk({ page, t, see }: Visitor): Promise<void> {
  const { model } = world.sandbox
  const talk = talkOn(page, t)
  model.control({ hold: true })
  await talk.say('Как прошёл твой день?')
  await talk.stop.waitFor()
  await see('waiting')
  model.control({ hold: false, text: ANSWER })
  await talk.log.getByText('расскажи, что было').waitFor()
  model.control({ failures: [{ kind: '503', times: 3, retryAfterSeconds: 0 }] })
  await talk.say('А если не получится?')
  await talk.log.getByText(t('unanswered-failed')).waitFor()
  await see('failed')
  await talk.log.getByRole('button', { name: t('action-again') }).click()
  await page.getByText(t('spent-basic')).waitFor()
  await talk.field.fill('Этот текст подождёт')
  await see('spent')
}

async function seeSheets({ page, t, see, press }: Visitor): Promise<void> {
  const open = async (name: string, opening: Promise<void>) => {
    await opening
    await page.getByRole('dialog').waitFor()
    await see(name)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await open('report', page.getByRole('button', { name: t('report-open') }).last().click())
  const balance = t('balance-open', { balance: t('credits-basic-count', { count: 0 }) })
  await open('balance', page.getByRole('button', { name: balance }).click())
  await open('menu', press('menu-open'))
  await open('connect', press('connect-action'))
  await page.goto(`${world.vitte.url}/chat/all`)
  await page.getByText(t('conversations-lead')).waitFor()
  await see('conversations')
}
