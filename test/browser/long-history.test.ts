import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page, Route } from 'playwright-core'
import { DESK, launchChromium, openPage, PHONE } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { pageWords } from './page-words.ts'
import { givePast } from './past.ts'
import { type LineWatch, movesBetween, type Places, watchLines } from './watch-lines.ts'

const LINES = 200
const WHEEL_PX = 600
const WHEELS_MAX = 400
/** What a reader does not see as a jump. */
const STILL_WITHIN_PX = 2
/** How much slower than this machine the slow phone is. */
const SLOW = 16

const world = await startBrowserWorld()
const browser = await launchChromium()
const words = await pageWords('ru')
const reader = new Person(world.vitte.url)
await reader.signInByMail(world.sandbox, 'reader@example.org')
await reader.confirmAdult()
await reader.startConversation('arina')
await givePast(world, reader, LINES)

for (const [name, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`on a ${name} a long history opens at its end and scrolls back to its beginning without a jump`, async (t) => {
    const { page, complaints } = await openTalk(t, viewport)
    const held = await holdOlderPages(page)
    await page.goto(world.vitte.url)
    await page.getByRole('log', { name: words('chat-log') }).hover()
    const lines = await watchLines(page)
    await waitFor(async () => (await lines.places()).has(LINES), { what: 'the last line in view' })
    await lines.stillness()
    assert.deepEqual(await scrollToBeginning(page, lines, held), [])
    const all = Array.from({ length: LINES }, (_, index) => index + 1)
    assert.deepEqual(await lines.seen(), all, 'every line was in view')
    assert.deepEqual(complaintsOf({ page, complaints }), [])
  })
}

test('on a slow phone a long history opens at its very end and stays there as older lines come', async (t) => {
  const { page } = await openTalk(t, PHONE)
  const held = await holdOlderPages(page)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW })
  await page.goto(world.vitte.url)
  await page.getByRole('log', { name: words('chat-log') }).hover()
  const lines = await watchLines(page)
  await waitFor(() => held.count() > 0, { what: 'older lines are asked for' })
  await lines.stillness()
  const before = await lines.places()
  await held.letIn(page)
  await lines.stillness()
  assert.deepEqual(pushesBetween(before, await lines.places()), [])
})

async function openTalk(scope: TestContext, viewport: { width: number; height: number }) {
  const watched = await openPage(browser, { viewport, reducedMotion: 'reduce' })
  scope.after(() => watched.page.context().close())
  await enterAs(watched.page.context(), reader, world.vitte.url)
  return watched
}

/** Turns the wheel up to the beginning; gives every jump on the way: older lines that push, lines that part. */
async function scrollToBeginning(page: Page, lines: LineWatch, held: HeldPages): Promise<string[]> {
  const beginning = page.getByText(words('chat-beginning'))
  const jumps: string[] = []
  let before = await lines.places()
  for (let wheels = 0; !(await beginning.isVisible()) || !before.has(1); wheels += 1) {
    if (wheels > WHEELS_MAX) throw new Error('the beginning never came')
    if (held.count() > 0) {
      await held.letIn(page)
      await lines.stillness()
      jumps.push(...pushesBetween(before, await lines.places()))
      before = await lines.places()
    }
    await page.mouse.wheel(0, -WHEEL_PX)
    await lines.stillness()
    const after = await lines.places()
    const moves = movesBetween(before, after).map(({ byPx }) => byPx)
    if (Math.max(...moves) - Math.min(...moves) > STILL_WITHIN_PX) jumps.push(`lines in view parted: ${moves} px`)
    before = after
  }
  return jumps
}

function pushesBetween(before: Places, after: Places): string[] {
  const pushed = movesBetween(before, after).filter(({ byPx }) => Math.abs(byPx) > STILL_WITHIN_PX)
  return pushed.map(({ number, byPx }) => `older lines pushed №${number} by ${byPx} px`)
}

interface HeldPages {
  count(): number
  /** Lets in what waits, and waits until it is drawn. */
  letIn(page: Page): Promise<void>
}

/** Keeps older pages of the history waiting at the door, so that the moment they come can be looked at. */
async function holdOlderPages(page: Page): Promise<HeldPages> {
  const waiting: Route[] = []
  await page.route(/\/api\/messages\?.*before=/, (route) => void waiting.push(route))
  return {
    count: () => waiting.length,
    async letIn(of) {
      const height = () => of.getByRole('log').evaluate((log) => log.scrollHeight)
      const before = await height()
      for (const route of waiting.splice(0)) await route.continue()
      await waitFor(async () => (await height()) > before, { what: 'the list grows' })
    },
  }
}
