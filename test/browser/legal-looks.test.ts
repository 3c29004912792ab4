import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LEGAL_DOCUMENTS } from '#contract/words'
import { launchChromium } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { visit } from './visitor.ts'

const world = await startBrowserWorld()
const browser = await launchChromium()

test('what people agree to can be read by everybody, in both languages and without signing in', async (scope) => {
  const { page, see, findings, complaints, t } = await visit(browser, scope, 'ru')
  for (const document of LEGAL_DOCUMENTS) {
    await page.goto(`${world.vitte.url}/${document}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await see(document)
  }
  await page.getByRole('link', { name: t('legal-terms') }).click()
  await page.getByRole('heading', { level: 1, name: 'Условия' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Terms' }).waitFor()
  await page.getByRole('link', { name: 'What we keep about you', exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name: 'What we keep about you' }).waitFor()
  assert.deepEqual(findings, [])
  assert.deepEqual(complaints(), [])
})

test('a new version is told on every page until it is agreed to, and the talk goes on meanwhile', async (scope) => {
  const person = new Person(world.vitte.url, scope)
  const { id } = await person.signInByMail(world.sandbox, 'reader@example.org')
  await person.confirmAdult()
  await person.startConversation('arina')
  await world.database.pool.query(`UPDATE consents SET version = '2020-01-01' WHERE user_id = $1`, [id])
  const { page, see, findings, complaints, t } = await visit(browser, scope, 'ru')
  await enterAs(page.context(), person, world.vitte.url)
  const news = page.getByRole('complementary', { name: /изменились$/ })
  for (const path of ['/settings', '/']) {
    await page.goto(world.vitte.url + path)
    await news.waitFor()
  }
  await see('texts-news')
  await page.getByRole('textbox', { name: t('composer-label') }).fill('Пока не до чтения')
  await page.getByRole('button', { name: t('composer-send') }).click()
  await page.getByRole('log').getByText('Пока не до чтения').waitFor()
  await news.getByRole('button').click()
  await news.waitFor({ state: 'detached' })
  const { legal } = await person.me()
  assert.deepEqual([legal.terms.accepted, legal.privacy.accepted], [legal.terms.version, legal.privacy.version])
  assert.deepEqual(findings, [])
  assert.deepEqual(complaints(), [])
})
