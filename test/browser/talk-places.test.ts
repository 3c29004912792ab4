import assert from 'node:assert/strict'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { look } from './looks.ts'
import { pageWords } from './page-words.ts'
import { givePast } from './past.ts'
import { talkOn } from './talk.ts'
import { movesBetween, watchLines } from './watch-lines.ts'

// Where the reader is in a long talk, and how they get about in it, also without a mouse.
const LINES = 160
const FAR_BACK = 12
const WHEEL_PX = 900
/** What a reader does not see as a jump. */
const STILL_WITHIN_PX = 2

const world = await startBrowserWorld()
const { model } = world.sandbox
const browser = await launchChromium()
const t = await pageWords('ru')
const reader = new Person(world.vitte.url)
await reader.signInByMail(world.sandbox, 'reader@example.org')
await reader.confirmAdult()
await reader.startConversation('arina')
await givePast(world, reader, LINES)
const site = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = site
await enterAs(page.context(), reader, world.vitte.url)
const talk = talkOn(page, t)
const pill = (key: string) => page.getByRole('button', { name: t(key), exact: true })
const lineOf = (text: string) => talk.log.getByText(text, { exact: true })
const step = journey('talk-places', page)

step('a reader who has scrolled up stays there when a reply comes, and the way down says so', async () => {
  await page.goto(world.vitte.url)
  const lines = await watchLines(page)
  await waitFor(async () => (await lines.places()).has(LINES), { what: 'the last line in view' })
  await talk.log.hover()
  await page.mouse.wheel(0, -WHEEL_PX)
  await pill('chat-down').waitFor()
  await lines.stillness()
  const before = await lines.places()
  model.control({ text: 'Ответ, пока ты читаешь выше.' })
  await reader.talk('Спрошено с другого устройства')
  await pill('chat-new-reply').waitFor()
  const pushed = movesBetween(before, await lines.places()).filter(({ byPx }) => Math.abs(byPx) > STILL_WITHIN_PX)
  assert.deepEqual(pushed, [])
  assert.deepEqual(await look({ page, name: 'talk-new-reply', widths: ['390'] }), [])
  await pill('chat-new-reply').press('Enter')
  await lineOf('Ответ, пока ты читаешь выше.').waitFor()
  await pill('chat-down').waitFor({ state: 'hidden' })
})

step('who writes from further up sees what they wrote', async () => {
  await talk.log.hover()
  await page.mouse.wheel(0, -WHEEL_PX)
  await pill('chat-down').waitFor()
  model.control({ text: 'Слышу.' })
  await talk.say('Пишу сверху')
  await lineOf('Слышу.').waitFor()
  await pill('chat-down').waitFor({ state: 'hidden' })
})

step('what came since the last visit begins below a mark', async () => {
  await page.goto(`${world.vitte.url}/characters`)
  model.control({ text: 'Пока тебя не было, выпал снег.' })
  await reader.talk('Спрошено, пока страница закрыта')
  await page.goto(world.vitte.url)
  await lineOf('Пока тебя не было, выпал снег.').waitFor()
  await lineOf(t('chat-new')).waitFor()
  assert.deepEqual(await look({ page, name: 'talk-new-since' }), [])
  await page.reload()
  await lineOf('Пока тебя не было, выпал снег.').waitFor()
  assert.equal(await lineOf(t('chat-new')).count(), 0, 'seen is seen')
})

step('each reply of one minute can be reported by itself, without a mouse', async () => {
  const replies = (await reader.history()).filter(({ role, turn }) => role === 'assistant' && turn).slice(-2)
  assert.equal(replies.length, 2)
  for (const { text } of replies) {
    const reply = talk.log.getByRole('article').filter({ hasText: text })
    await reply.getByRole('button', { name: t('report-open') }).press('Enter')
    const sheet = page.getByRole('dialog', { name: t('report-title') })
    await sheet.getByRole('button', { name: t('report-send'), exact: true }).press('Enter')
    await sheet.waitFor({ state: 'detached' })
    await page.getByText(t('report-done')).waitFor()
  }
})

step('a reply that failed is asked for again without a mouse', async () => {
  model.control({ text: 'Со второго раза.', failures: [{ kind: '503', times: null, retryAfterSeconds: 0 }] })
  await talk.say('А если не получится?')
  await talk.log.getByText(t('unanswered-failed')).waitFor()
  model.control({ failures: [] })
  await talk.log.getByRole('button', { name: t('action-again') }).press('Enter')
  await lineOf('Со второго раза.').waitFor()
})

step('a link to a line far above brings it into view, marks it and gives it the focus', async () => {
  const wanted = (await reader.history()).find(({ text }) => text.startsWith(`№${FAR_BACK}.`))
  await page.goto(`${world.vitte.url}/?at=${wanted?.id}`)
  const marked = page.locator('[data-marked]')
  await marked.getByText(`№${FAR_BACK}.`).waitFor()
  const lines = await watchLines(page)
  await lines.stillness()
  assert.ok((await lines.places()).has(FAR_BACK), 'in view')
  await waitFor(() => marked.evaluate((line) => line === document.activeElement), { what: 'the focus' })
  assert.deepEqual(await look({ page, name: 'talk-at' }), [])
  await pill('chat-down').click()
  await lineOf('Со второго раза.').waitFor()
})

step(
  'a link to a line that does not exist opens the talk at its end, and loads no more of it than any visit',
  async () => {
    for (const at of ['00000000-0000-7000-8000-000000000000', 'no%20id']) {
      const answered = page.waitForResponse((response) => response.url().includes('&at='))
      await page.goto(`${world.vitte.url}/?at=${at}`)
      await lineOf('Со второго раза.').waitFor()
      assert.equal((await answered).status(), 200)
      await (await watchLines(page)).stillness()
      assert.equal(await page.getByText(t('chat-beginning')).count(), 0, 'the beginning is far above')
      assert.equal(await page.locator('[data-marked]').count(), 0)
    }
  },
)

step('nothing failed on the way that the page had to complain about', async () => {
  assert.deepEqual(complaintsOf(site), [])
})
