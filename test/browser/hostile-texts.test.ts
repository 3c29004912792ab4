import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameLocator, Page } from 'playwright-core'
import { FACT_TEXT_MAX_LENGTH, REMINDER_TEXT_MAX_LENGTH, REMINDERS_OPEN_MAX } from '#contract/limits'
import { launchChromium, openPage } from '#test/chromium'
import { granted, Person } from '#test/people'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import { enterBot } from '../journeys/bot-chat.ts'
import { answerDigest, rememberedBy } from '../journeys/memory-steps.ts'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { harmIn, linkRules, watchOver } from './harmless.ts'
import { HOSTILE_TEXTS, packed } from './hostile-texts.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// A54, A55, A56: what anybody writes is shown as text, wherever it is shown: nothing runs, and nothing is loaded.
const FIRST_NAME = '<img src=x onerror=alert(1)>'
/** All of a talk at once: a list that shows what is in view alone has everything in view. */
const TALL = { width: 390, height: 16_000 }
const FACTS = HOSTILE_TEXTS.filter(({ text }) => text.length <= FACT_TEXT_MAX_LENGTH).slice(0, 10)
const REMINDERS = HOSTILE_TEXTS.filter(({ text }) => text.length <= REMINDER_TEXT_MAX_LENGTH).slice(-REMINDERS_OPEN_MAX)

const packs = packed()
const world = await startBrowserWorld({ WELCOME_CREDITS_TELEGRAM: 'basic:200' })
const browser = await launchChromium()
const t = await pageWords('ru')
const { id } = world.sandbox.telegram.addPerson({ firstName: FIRST_NAME, languageCode: 'ru' })
const bot = await enterBot(world.sandbox, id)
const person = new Person(world.vitte.url)
await person.openMiniApp(world.sandbox, id)
await person.startConversation('arina')
world.sandbox.model.control({ mode: 'echo', delayMsPerWord: 0 })
answerDigest(
  world.sandbox,
  'Разное.',
  FACTS.map(({ text }) => ({ line: 2, text })),
)

test('there is enough of it', () => {
  assert.ok(HOSTILE_TEXTS.length >= 100)
  assert.equal(packs.flatMap(({ marks }) => marks).length, HOSTILE_TEXTS.length)
})

test('in the bot all of it is text: no markup of Telegram, no address but http(s)', async () => {
  for (const { text } of packs) bot.send(text)
  const marks = packs.flatMap((pack) => pack.marks)
  const missing = () => {
    const heard = bot.texts().join('\n')
    return marks.filter((mark) => !heard.includes(mark))
  }
  await waitFor(() => missing().length === 0, { what: 'every word in the chat', deadlineMs: 90_000 })
  for (const { params } of world.sandbox.telegram.calls({ chatId: id })) assert.equal(params.parse_mode, undefined)
  const links = bot
    .messages()
    .flatMap(({ wire }) => wire.entities ?? [])
    .filter(({ type }) => type === 'text_link')
  assert.ok(links.length > 3)
  for (const link of links) assert.match('url' in link ? String(link.url) : '', /^https?:\/\/[^@]*$/)
})

test('on the site nothing runs, nothing is loaded, and every word is there', async (scope) => {
  const { page, complaints, seen } = await openTall(scope, [world.vitte.url])
  const onSite = new Person(world.vitte.url, scope)
  await onSite.signInByWidget(world.sandbox, id)
  await enterAs(page.context(), onSite, world.vitte.url)
  await page.goto(world.vitte.url)
  await readTalk(page)
  await page
    .getByRole('button', { name: t('menu-open') })
    .filter({ visible: true })
    .first()
    .click()
  await page.getByRole('heading', { name: FIRST_NAME }).waitFor()
  assert.deepEqual(await harmIn(page.getByRole('dialog')), [])
  assert.deepEqual(seen(), [])
  assert.deepEqual(complaintsOf({ page, complaints }), [])
})

test('what is remembered and what one is reminded of is text as well', async (scope) => {
  await rememberedBy(person, FACTS[0]?.text ?? '')
  const known = (await person.memory()).map(({ text }) => text)
  assert.ok(known.length > 3)
  const at = new Date(Date.now() + 86_400_000).toISOString()
  for (const { text } of REMINDERS) granted(await person.client.call('/api/reminders', { body: { text, at } }), 201)
  const { page, complaints, seen } = await openTall(scope, [world.vitte.url])
  const onSite = new Person(world.vitte.url, scope)
  await onSite.signInByWidget(world.sandbox, id)
  await enterAs(page.context(), onSite, world.vitte.url)
  for (const [path, list, texts] of [
    ['/memory', 'memory-list', known],
    ['/reminders', 'reminders-list', REMINDERS.map(({ text }) => text)],
  ] as const) {
    await page.goto(world.vitte.url + path)
    const shown = page.getByRole('list', { name: t(list) })
    for (const text of texts) {
      const mark = /слово\d+/.exec(text)?.[0] ?? text
      await shown.getByText(mark).first().waitFor()
    }
    assert.deepEqual(await harmIn(shown), [])
  }
  assert.deepEqual(seen(), [])
  assert.deepEqual(complaintsOf({ page, complaints }), [])
})

test('in the Mini App it is the same', async (scope) => {
  const { page, complaints, seen } = await openTall(scope, [world.vitte.url, world.sandbox.url])
  const messenger = await openMessenger(page, world.sandbox, id)
  await messenger.openApp()
  await readTalk(messenger.app)
  assert.deepEqual(seen(), [])
  assert.deepEqual(complaintsOf({ page, complaints }), [])
})

async function openTall(scope: Scope, allowed: readonly string[]) {
  const { page, complaints } = await openPage(browser, { viewport: TALL, reducedMotion: 'reduce' })
  scope.after(() => page.context().close())
  await page.context().addInitScript(linkRules)
  return { page, complaints, seen: watchOver(page.context(), allowed) }
}

/** Every word is to be read twice, as a question and as an answer, and what is around it is harmless. */
async function readTalk(place: Page | FrameLocator): Promise<void> {
  const { log } = talkOn(place, t)
  await log.waitFor()
  const lines = log.locator('.bubble')
  const missing = new Set(packs.flatMap((pack) => pack.marks))
  let looks = 0
  await waitFor(
    async () => {
      // What is far out of view is not there at all: it is looked at from the beginning, the middle and the end by turns.
      await log.evaluate(scrollTo, (looks++ % 5) / 4)
      const shown = await log.innerText()
      for (const mark of missing) if (shown.split(mark).length > 2) missing.delete(mark)
      return missing.size === 0
    },
    { what: 'every word twice', pauseMs: 300 },
  ).catch(() => assert.fail(`not to be read twice: ${[...missing].join(' ')}`))
  let links = 0
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    await log.evaluate(scrollTo, part)
    links += await lines.locator('a').count()
    assert.deepEqual(await harmIn(lines), [])
  }
  assert.ok(links > 3)
}

/** Older lines are asked for when somebody scrolls to where they would be. */
function scrollTo(log: Element, part: number): void {
  const around: Element[] = [...log.querySelectorAll('*')]
  for (let element: Element | null = log; element; element = element.parentElement) around.push(element)
  for (const element of around) {
    if (element.scrollHeight > element.clientHeight) element.scrollTop = element.scrollHeight * part
  }
}
