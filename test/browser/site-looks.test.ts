import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from '#test/chromium'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { readCode } from './mail-sign-in.ts'
import { type Visitor, visit } from './visitor.ts'

const world = await startBrowserWorld()
const browser = await launchChromium()

test('signing in and choosing can be done by everybody, on a phone and wide, by day and by night', async (scope) => {
  const visitor = await visit(browser, scope, 'ru')
  await seeSignIn(visitor)
  await seeCompanions(visitor, 'Арина')
  assert.deepEqual(visitor.findings, [])
  assert.deepEqual(visitor.complaints(), [])
})

test('the same in English', async (scope) => {
  const visitor = await visit(browser, scope, 'en')
  await seeSignIn(visitor)
  await seeCompanions(visitor, 'Cassandra')
  assert.deepEqual(visitor.findings, [])
  assert.deepEqual(visitor.complaints(), [])
})

test('when nobody answers the page says so', async (scope) => {
  const { page, see, findings, t } = await visit(browser, scope, 'ru')
  await page.route('**/api/me', (route) => route.fulfill({ status: 503, body: '' }))
  await page.goto(world.vitte.url)
  await page.getByRole('heading', { name: t('start-failed-title') }).waitFor()
  await see('unreachable')
  assert.deepEqual(findings, [])
})

async function seeSignIn({ page, t, locale, see, press }: Visitor): Promise<void> {
  const email = `${locale}@example.org`
  await page.goto(world.vitte.url)
  await page.getByRole('link', { name: t('sign-in-telegram') }).waitFor()
  await see('sign-in')
  await page.getByRole('link', { name: t('sign-in-telegram') }).click()
  await page.getByRole('button', { name: /^(Отмена|Cancel)$/ }).click()
  await page.getByText(t('sign-in-error-cancelled')).waitFor()
  await see('sign-in-error')
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
  await chooseStory(page, name)
  await page.getByRole('main').evaluate((main) => main.parentElement?.scrollTo(0, 0))
  await see('companion')
  await press('story-start')
  await page.getByRole('dialog', { name: t('adult-title') }).waitFor()
  await see('adult')
  await press('adult-yes')
  await page.getByRole('log').getByRole('article', { name }).first().waitFor()
  await see('opening')
}
