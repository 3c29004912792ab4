import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { DESK, launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { look } from './looks.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// One person in several places at once: what each page shows of the others.
const MASHA = 700_000_001

const world = await startBrowserWorld()
const { model, telegram } = world.sandbox
const browser = await launchChromium()
const t = await pageWords('ru')
const masha = new Person(world.vitte.url)
await masha.signInByWidget(world.sandbox, MASHA)
await masha.confirmAdult()
await masha.startConversation('arina')
const phone = await openPage(browser, { reducedMotion: 'reduce' })
const desk = await openPage(browser, { viewport: DESK, reducedMotion: 'reduce' })
for (const { page } of [phone, desk]) await enterAs(page.context(), masha, world.vitte.url)
const talk = talkOn(desk.page, t)
const step = journey('elsewhere', phone.page, desk.page)

const header = phone.page.getByRole('banner')
const mark = (key: string) => header.getByRole('img', { name: t(key), exact: true })
const line = (key: string) => phone.page.getByText(t(key), { exact: true })
const price = phone.page.getByText(t('price-reply', { price: t('credits-basic-count', { count: 1 }) }), { exact: true })

step('a page shows that the talk is open on another one, and no more when that closes', async () => {
  await phone.page.goto(world.vitte.url)
  await price.waitFor()
  assert.equal(await header.getByRole('img').count(), 0, 'a page is not elsewhere')
  await desk.page.goto(world.vitte.url)
  await mark('elsewhere-open-other-browser').waitFor()
  await desk.page.goto('about:blank')
  await mark('elsewhere-open-other-browser').waitFor({ state: 'detached' })
})

step('what is typed on one page is seen on the other, in the place of the price, without moving anything', async () => {
  await desk.page.goto(world.vitte.url)
  await mark('elsewhere-open-other-browser').waitFor()
  const field = talkOn(phone.page, t).field
  const before = await field.boundingBox()
  await talk.field.pressSequentially('Пишу с')
  await line('elsewhere-typing-other-browser').waitFor()
  assert.deepEqual(await field.boundingBox(), before)
  assert.equal(await desk.page.getByText(t('elsewhere-typing-other-browser')).count(), 0, 'not on the page itself')
  await waitFor(() => price.isVisible(), { what: 'the price again' })
})

step('typing that goes on is shown without a break, in one quiet line that nobody is interrupted by', async () => {
  const app = new Person(world.vitte.url)
  await app.openMiniApp(world.sandbox, MASHA)
  app.client.page = randomUUID()
  const page = await app.watch()
  await mark('elsewhere-open-webapp').waitFor()
  const typing = setInterval(() => void app.client.call('/api/typing', { method: 'POST' }), 1_000)
  try {
    await line('elsewhere-typing-webapp').waitFor()
    await phone.page.evaluate(watchFor, t('elsewhere-typing-webapp'))
    assert.deepEqual(await look({ page: phone.page, name: 'elsewhere-typing' }), [])
    assert.deepEqual(await phone.page.evaluate('window.breaks'), 0)
    assert.equal(await line('elsewhere-typing-webapp').locator('xpath=ancestor-or-self::*[@aria-live]').count(), 0)
  } finally {
    clearInterval(typing)
  }
  await line('elsewhere-typing-webapp').waitFor({ state: 'detached' })
  await page.close()
  await mark('elsewhere-open-webapp').waitFor({ state: 'detached' })
})

step('an answer that goes to the bot is said to go there', async () => {
  model.control({ hold: true, text: 'Я здесь.' })
  telegram.sendText(MASHA, 'А ты где?')
  await header.getByText(t('chat-writing-bot'), { exact: true }).waitFor()
  assert.deepEqual(await look({ page: phone.page, name: 'elsewhere-writing' }), [])
  model.control({ hold: false })
  await talkOn(phone.page, t).log.getByText('Я здесь.', { exact: true }).waitFor()
  await mark('elsewhere-open-bot').waitFor()
  assert.deepEqual(await look({ page: phone.page, name: 'elsewhere-open' }), [])
})

step('one page too many says so, and wakes up when another one closes', async () => {
  const spare = await Promise.all(Array.from({ length: 6 }, () => masha.watch()))
  const late = await openPage(browser, { reducedMotion: 'reduce' })
  await enterAs(late.page.context(), masha, world.vitte.url)
  await late.page.goto(world.vitte.url)
  await late.page.getByText(t('connection-crowded')).waitFor()
  assert.deepEqual(await look({ page: late.page, name: 'elsewhere-crowded', widths: ['390'] }), [])
  await spare[0]?.close()
  await late.page.getByText(t('connection-crowded')).waitFor({ state: 'hidden' })
})

step('the pages complained about nothing', () => {
  assert.deepEqual([...complaintsOf(phone), ...complaintsOf(desk)], [])
  return Promise.resolve()
})

/** Counts how often a line that stands on the page goes away. */
function watchFor(text: string): void {
  const counting = window as unknown as { breaks: number }
  counting.breaks = 0
  new MutationObserver(() => {
    if (!document.body.innerText.includes(text)) counting.breaks += 1
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}
