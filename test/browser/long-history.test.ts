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
import { givePast, pastLine } from './past.ts'

const LINES = 400
/** What a reader does not see as a jump. */
const STILL_WITHIN_PX = 2
const STEP_PX = 500

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const reader = new Person(world.vitte.url)
await reader.signInByMail(world.sandbox, 'reader@example.org')
await reader.confirmAdult()
await reader.startConversation('arina')
await givePast(world, reader, LINES)

for (const [name, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`on a ${name} a long history scrolls back to its beginning and no line jumps when older ones come`, async (t) => {
    await scrollBack(t, viewport)
  })
}

async function scrollBack(scope: TestContext, viewport: { width: number; height: number }): Promise<void> {
  const watched = await openPage(browser, { viewport, reducedMotion: 'reduce' })
  const { page } = watched
  scope.after(() => page.context().close())
  await enterAs(page.context(), reader, world.vitte.url)
  const gate = await holdOlderPages(page)
  await page.goto(world.vitte.url)
  const log = page.getByRole('log', { name: t('chat-log') })
  await log.getByText(pastLine(LINES)).waitFor()
  const seen = new Set<number>()
  const jumps: string[] = []
  for (let step = 0; ; step += 1) {
    const before = await linesInView(page)
    for (const { number } of before) seen.add(number)
    if (await log.getByText(t('chat-beginning')).isVisible()) break
    assert.ok(step < 500, 'the beginning is reached')
    if (gate.held() > 0) {
      const came = await gate.release(page)
      jumps.push(...jumpsBetween(before, await linesInView(page), 0).map((jump) => `page ${came} came: ${jump}`))
      continue
    }
    const moved = await scrollUp(page)
    jumps.push(...jumpsBetween(before, await linesInView(page), moved).map((jump) => `scrolled ${moved}: ${jump}`))
  }
  assert.deepEqual(jumps, [])
  assert.deepEqual(
    [...seen].sort((one, other) => one - other),
    Array.from({ length: LINES }, (_, index) => index + 1),
    'every line was in view once',
  )
  assert.deepEqual(complaintsOf(watched), [])
}

interface SeenLine {
  number: number
  y: number
}

/** The numbered lines whose first text line is in view, with its place in the window. */
function linesInView(page: Page): Promise<SeenLine[]> {
  return page.getByRole('log').evaluate((log) => {
    const { top, bottom } = log.getBoundingClientRect()
    return [...log.querySelectorAll('article')].flatMap((article) => {
      const y = article.getBoundingClientRect().top
      const number = Number(/№(\d+)\./.exec(article.textContent ?? '')?.[1])
      return number > 0 && article.getBoundingClientRect().bottom > top && y < bottom ? [{ number, y }] : []
    })
  })
}

/** Lines that stand elsewhere than `moved` pixels below where they were. */
function jumpsBetween(before: SeenLine[], after: SeenLine[], moved: number): string[] {
  return before.flatMap(({ number, y }) => {
    const now = after.find((line) => line.number === number)
    const off = now ? now.y - y - moved : 0
    return Math.abs(off) > STILL_WITHIN_PX ? [`№${number} by ${off.toFixed(1)} px`] : []
  })
}

/** One turn of the wheel; gives the pixels the list was moved by, as the wheel asked, less at the very top. */
async function scrollUp(page: Page): Promise<number> {
  const log = page.getByRole('log')
  const box = await log.boundingBox()
  if (!box) throw new Error('the talk is not in view')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const room = await log.evaluate((element) => element.scrollTop)
  const [first] = await linesInView(page)
  await page.mouse.wheel(0, -STEP_PX)
  await waitFor(async () => (await linesInView(page)).some(({ number, y }) => number === first?.number && y !== first.y), {
    what: 'the wheel moves the list',
  })
  await settled(page)
  return Math.min(STEP_PX, room)
}

/** Resolves when the list has stood still for three frames. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('log').evaluate(
    (log) =>
      new Promise<void>((resolve) => {
        let same = 0
        let last = ''
        const look = () => {
          const first = log.querySelector('article')
          const now = `${log.scrollTop} ${log.scrollHeight} ${first?.getBoundingClientRect().top}`
          same = now === last ? same + 1 : 0
          last = now
          if (same === 3) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

/** Keeps older pages of the history waiting at the door, so that the moment they come can be looked at. */
async function holdOlderPages(page: Page) {
  const waiting: Route[] = []
  let came = 0
  await page.route(/\/api\/messages\?.*before=/, (route) => void waiting.push(route))
  return {
    held: () => waiting.length,
    /** Lets the waiting ones in and waits until they are drawn; gives how many have come so far. */
    async release(of: Page): Promise<number> {
      const height = await of.getByRole('log').evaluate((log) => log.scrollHeight)
      for (const route of waiting.splice(0)) await route.continue()
      await waitFor(async () => (await of.getByRole('log').evaluate((log) => log.scrollHeight)) > height, {
        what: 'the list grows',
      })
      await settled(of)
      came += 1
      return came
    },
  }
}
