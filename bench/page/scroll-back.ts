import type { CDPSession, Page } from 'playwright-core'
import { createDatabase } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { enterAs } from '../../test/browser/enter-as.ts'
import { PHONE } from '../../test/harness/chromium.ts'
import { Person } from '../../test/harness/people.ts'
import { silentLog } from '../../test/harness/silent-log.ts'
import { MASTER_KEY } from '../../test/harness/vitte.ts'
import { layPast } from '../lay-past.ts'
import { percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { trace, type Work, workPerFrame } from './trace-main-thread.ts'
import { type PageWorld, withPage } from './with-page.ts'

const LINES = 10_000
/** A reader in a hurry: eleven screens of a phone each second. */
const PX_PER_SECOND = 9_000
/** Short: at the top of what is loaded the rest of a stroke moves nothing. */
const STROKE_PX = 4_500
/** Chromium keeps what it records in a buffer of limited size. */
const STROKES_PER_RECORDING = 20
const STROKES_MAX = 2_000
const FRAME_GOAL_MS = 16

/**
 * Reads back through a long history at phone size, wheel by wheel to its first line, and counts what each frame costs
 * the main thread. Without a screen Chromium draws 60 times a second however little there is to do, so the time from
 * frame to frame says nothing below 16.7 ms; the work does. What the compositor and the graphics do is not in it.
 */
export function scrollBack(): Promise<Row[]> {
  return withPage(async (world) => {
    const reader = await readerWithPast(world)
    const context = await world.browser.newContext({ viewport: PHONE, locale: 'ru-RU' })
    await enterAs(context, reader, world.vitte.url)
    const page = await context.newPage()
    await page.goto(world.vitte.url)
    await page.getByText(`№${LINES}.`).waitFor()
    const betweenFramesMs = await watchFrames(page)
    const work = await scrollToBeginning(world, page, await context.newCDPSession(page))
    return rowsOf(work, await betweenFramesMs())
  })
}

async function readerWithPast({ vitte, sandbox, scope, connectionString }: PageWorld): Promise<Person> {
  const reader = new Person(vitte.url, scope)
  await reader.signInByMail(sandbox, 'reader@example.org')
  await reader.confirmAdult()
  const { id: conversationId } = await reader.startConversation('arina')
  const { user } = await reader.me()
  const { db, close } = createDatabase({ connectionString, maxConnections: 1, log: silentLog })
  const vault = createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') })
  await layPast({ db, vault }, { userId: user.id, conversationId, lines: LINES })
  await close()
  return reader
}

async function scrollToBeginning({ words, browser }: PageWorld, page: Page, devtools: CDPSession): Promise<Work[]> {
  const beginning = page.getByText(words('chat-beginning'))
  const work: Work[] = []
  const strokes = async () => {
    for (let stroke = 0; stroke < STROKES_PER_RECORDING; stroke += 1) {
      await devtools.send('Input.synthesizeScrollGesture', {
        x: PHONE.width / 2,
        y: PHONE.height / 2,
        yDistance: STROKE_PX,
        speed: PX_PER_SECOND,
        gestureSourceType: 'mouse',
      })
    }
  }
  for (let made = 0; !(await beginning.isVisible()); made += STROKES_PER_RECORDING) {
    if (made > STROKES_MAX) throw new Error('the beginning never came')
    work.push(...workPerFrame(await trace(browser, page, strokes)))
  }
  return work
}

/** Asked for, tells the milliseconds between the frames since the beginning. */
async function watchFrames(page: Page): Promise<() => Promise<number[]>> {
  const watch = await page.evaluateHandle(() => {
    const betweenMs: number[] = []
    let before = performance.now()
    const look = (now: number) => {
      betweenMs.push(now - before)
      before = now
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    return betweenMs
  })
  return () => watch.jsonValue()
}

function rowsOf(work: Work[], betweenMs: number[]): Row[] {
  const row = { unit: 'ms', floor: null, goal: null, better: 'less' as const }
  const what = `main thread per frame, back through ${LINES} lines`
  const cpuMs = work.map((frame) => frame.cpuMs)
  const lastedMs = work.map((frame) => frame.lastedMs)
  const shares = [
    { name: 'p50', share: 0.5, goal: FRAME_GOAL_MS },
    { name: 'p95', share: 0.95, goal: null },
    { name: 'longest', share: 1, goal: null },
  ]
  const said = (values: number[], share: number) => `${percentile(values, share).toFixed(1)} ms`
  return shares.map(({ name, share, goal }) => ({
    ...row,
    what: `${what}, ${name}`,
    value: percentile(cpuMs, share),
    goal,
    note: `${work.length} frames, processor time; lasted ${said(lastedMs, share)}, from frame to frame ${said(betweenMs, share)}`,
  }))
}
