import assert from 'node:assert/strict'
import { DESK, launchChromium, openPage, PHONE } from '#test/chromium'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { complaintsOf } from './complaints.ts'
import { journey } from './journey.ts'
import { signInByMail } from './mail-sign-in.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// SPEC, user stories 2.1 and 3.1: somebody who knows only the website.
const EMAIL = 'reader@example.org'
const READING =
  'Три карты на столе. Первая про то, что ты уже знаешь, вторая про то, о чём молчишь, а третья пока лежит рубашкой вверх.'
const LONG = Array.from({ length: 200 }, (_, index) => `слово${index}`).join(' ')

const world = await startBrowserWorld({ WELCOME_CREDITS_WEB: 'basic:1,cassandra:9' })
const { model } = world.sandbox
const browser = await launchChromium()
const t = await pageWords('ru')
const site = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = site
const talk = talkOn(page, t, 'cassandra')
const button = (key: string) => page.getByRole('button', { name: t(key), exact: true })
const offer = page.getByRole('complementary', { name: t('connect-title') }).filter({ visible: true })
const step = journey('site', page)

step('a code from the mailbox signs in', async () => {
  await page.goto(world.vitte.url)
  await signInByMail(page, world.sandbox, t, EMAIL)
  await page.getByRole('heading', { name: t('companions-title') }).waitFor()
})

step('US3.1: the offer to connect Telegram can be put away, and is back at the next visit', async () => {
  await offer.getByRole('button', { name: t('connect-action') }).click()
  await page.getByRole('dialog', { name: t('connect-title') }).waitFor()
  await page.keyboard.press('Escape')
  await offer.getByRole('button', { name: t('connect-later') }).click()
  await offer.waitFor({ state: 'hidden' })
  await page.reload()
  await page.getByRole('heading', { name: t('companions-title') }).waitFor()
  assert.equal(await offer.count(), 0, 'not again in this visit')
  const nextVisit = await page.context().newPage()
  await nextVisit.goto(world.vitte.url)
  await nextVisit
    .getByRole('complementary', { name: t('connect-title') })
    .filter({ visible: true })
    .waitFor()
  await nextVisit.close()
})

step('a sheet does not hold the page when a wider window hides what opened it', async () => {
  await button('menu-open').click()
  const sheet = page.getByRole('dialog')
  await sheet.waitFor()
  await page.setViewportSize(DESK)
  await sheet.waitFor({ state: 'detached' })
  await page.setViewportSize(PHONE)
})

step('18+ is confirmed before the first talk, and then Cassandra waits', async () => {
  await chooseStory(page, 'Кассандра')
  await button('story-start').click()
  const sheet = page.getByRole('dialog', { name: t('adult-title') })
  await sheet.getByText(t('adult-ai')).waitFor()
  await sheet.getByRole('button', { name: t('adult-yes') }).click()
  await talk.log.getByRole('article', { name: 'Кассандра' }).first().waitFor()
  await talk.balance(9).waitFor()
})

step('US2.1: the answer grows in the open page and ends there', async () => {
  model.control({ text: READING, delayMsPerWord: 40 })
  await talk.say('Что на столе?')
  const seen = await talk.watchGrowing(READING)
  assert.ok(seen.length > 2, `grew in steps: ${seen}`)
  await talk.stop.waitFor({ state: 'hidden' })
  await talk.balance(8).waitFor()
})

step('stopped in the middle the answer keeps what was written, also after a reload', async () => {
  model.control({ text: LONG, delayMsPerWord: 30 })
  await talk.say('Расскажи подробно')
  const answer = talk.log.getByRole('article', { name: 'Кассандра' }).last()
  await answer.getByText('слово9').waitFor()
  await talk.stop.click()
  await talk.stop.waitFor({ state: 'hidden' })
  model.control({ text: null, delayMsPerWord: 0 })
  const kept = lastWordNumber(await answer.innerText())
  assert.ok(kept >= 9 && kept < 199, `kept up to word ${kept}`)
  await page.reload()
  await answer.getByText('слово9').waitFor()
  assert.equal(lastWordNumber(await answer.innerText()), kept)
})

step('an answer that fails says so, costs nothing, and is asked for again by one press', async () => {
  model.control({ text: READING, failures: [{ kind: '503', times: null, retryAfterSeconds: 0 }] })
  await talk.say('А если не получится?')
  await talk.log.getByText(t('unanswered-failed')).waitFor()
  await talk.balance(7).waitFor()
  model.control({ failures: [] })
  await talk.log.getByRole('button', { name: t('action-again') }).click()
  await waitFor(async () => (await talk.log.getByText(READING).count()) === 2, { what: 'the answer' })
  await talk.log.getByText(t('unanswered-failed')).waitFor({ state: 'hidden' })
  assert.equal(await talk.log.getByText('А если не получится?').count(), 1)
  await talk.balance(6).waitFor()
})

step('what was written and not sent is there after a reload', async () => {
  await talk.field.fill('Недописанная мыс')
  await page.reload()
  await talk.log.waitFor()
  assert.equal(await talk.field.inputValue(), 'Недописанная мыс')
  await talk.field.fill('')
})

step('without credits the text is kept, and the note says so', async () => {
  await button('menu-open').click()
  await button('menu-companions').click()
  await chooseStory(page, 'Арина')
  await button('story-start').click()
  const withArina = talkOn(page, t)
  await withArina.balance(1).waitFor()
  model.control({ text: 'На этом всё.' })
  await withArina.say('Последний вопрос')
  await withArina.log.getByText('На этом всё.').waitFor()
  await page.getByText(t('spent-basic')).waitFor()
  await withArina.say('А этот уже даром')
  await waitFor(async () => (await withArina.field.inputValue()) === 'А этот уже даром', { what: 'the text is back' })
  await page.getByText(t('spent-kept')).waitFor()
  assert.equal(await withArina.log.getByText('А этот уже даром').count(), 0)
})

step('the language is switched for good', async () => {
  const en = await pageWords('en')
  await button('menu-open').click()
  await button('menu-settings').click()
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await page.locator('label').filter({ hasText: 'English' }).click()
  await page.getByRole('heading', { name: en('menu-settings'), exact: true }).waitFor()
  await saved
  await page.goto(world.vitte.url)
  await page.getByText(en('spent-basic')).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
})

step('nothing failed on the way that the page had to complain about', async () => {
  // The answer to a question without credits is 402, which Chromium writes down like every refusal.
  assert.deepEqual(
    complaintsOf(site).filter((complaint) => !complaint.includes('status of 402')),
    [],
  )
})

/** The last of `слово0 слово1 …` in a text. */
function lastWordNumber(text: string): number {
  return Math.max(...[...text.matchAll(/слово(\d+)/g)].map(([, number]) => Number(number)))
}
