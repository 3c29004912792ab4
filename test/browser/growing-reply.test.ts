import assert from 'node:assert/strict'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// In Telegram an answer is seen to grow, and is stopped there; the site has the same text.
const MASHA = 700_000_001
const STORY = `**Слушай.** ${Array.from({ length: 60 }, (_, index) => `Капля ${index + 1} стучит по *жести*.`).join(' ')}`
const SLOW_MS = 150

const world = await startBrowserWorld()
const { model, telegram } = world.sandbox
const browser = await launchChromium()
const t = await pageWords('ru')
const inTelegram = await openPage(browser)
const messenger = await openMessenger(inTelegram.page, world.sandbox, MASHA)
const onSite = await openPage(browser, { reducedMotion: 'reduce' })
const reader = new Person(world.vitte.url)
const talk = talkOn(onSite.page, t)
const draft = inTelegram.page.locator('.message.draft')
const step = journey('growing-reply', inTelegram.page, onSite.page)

step('a question in Telegram: the answer grows there before the reader’s eyes, in its own markup', async () => {
  await messenger.start()
  await messenger.press('Мне есть 18')
  await reader.signInByWidget(world.sandbox, MASHA)
  await reader.startConversation('arina')
  await enterAs(onSite.page.context(), reader, world.vitte.url)
  await onSite.page.goto(world.vitte.url)
  model.control({ text: STORY, delayMsPerWord: SLOW_MS })
  await messenger.say('Что слышно за окном?')
  await draft.getByText('Капля 2').waitFor()
  const lengths = new Set<number>()
  await waitFor(
    async () => {
      lengths.add((await draft.innerText()).length)
      return lengths.size >= 3
    },
    { what: 'three lengths of the growing answer' },
  )
  assert.deepEqual(
    [...lengths],
    [...lengths].sort((a, b) => a - b),
  )
  assert.equal(await draft.locator('strong, b').first().innerText(), 'Слушай.')
  await screenshot(inTelegram.page, 'growing-reply-telegram')
  await talk.log.getByText('Капля 2').waitFor()
  await screenshot(onSite.page, 'growing-reply-site')
})

step('Stop there: the same text stays in Telegram, on the site and in the history', async () => {
  await draft.getByRole('button', { name: 'Остановить' }).click()
  await draft.waitFor({ state: 'detached' })
  const kept = await waitFor(async () => (await reader.history()).find(({ text }) => text.startsWith('**Слушай.**')))
  assert.ok(kept.text.length < STORY.length)
  const seen = kept.text.replaceAll('*', '')
  await messenger.heard.getByText(seen, { exact: true }).waitFor()
  const reply = talk.log.getByRole('article').filter({ hasText: 'Слушай.' })
  await waitFor(async () => (await reply.innerText()).includes(seen), { what: 'the same text on the site' })
  await talk.stop.waitFor({ state: 'hidden' })
  await talk.balance(49).waitFor()
  assert.equal(telegram.replies(MASHA).filter(({ wire }) => wire.text?.startsWith('Слушай.')).length, 1)
  await screenshot(inTelegram.page, 'growing-reply-stopped')
  await screenshot(onSite.page, 'growing-reply-stopped-site')
})

step('nothing failed on the way that the pages had to complain about', async () => {
  assert.deepEqual([...complaintsOf(inTelegram), ...complaintsOf(onSite)], [])
})
