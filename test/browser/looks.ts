import type { Frame, Page, Request } from 'playwright-core'
import { accessibilityFindings, DESK, PHONE, screenshot } from '#test/chromium'
import { shotsFolder } from '#test/environment'
import type { Messenger } from './messenger.ts'

export const MOODS = ['light', 'dark'] as const
export type Mood = (typeof MOODS)[number]

export const SIZES = { '390': PHONE, '1280': DESK } as const
export type Width = keyof typeof SIZES
const WIDTHS: readonly Width[] = ['390', '1280']

/** Nothing was added, removed or restyled for so long: what was asked for has come. */
const STILL_MS = 150
const STILL_DEADLINE_MS = 5_000

interface Screen {
  page: Page
  name: string
  /** Where the Mini App is, when it is that which is looked at. */
  frame?: Frame
  /** The page that shows a Mini App chooses its mood when it opens. */
  moods?: readonly Mood[]
  widths?: readonly Width[]
}

/**
 * Looks at one screen on a phone and on a desk, by day and by night: gives what axe finds, and keeps a picture of each
 * as `<name>-<width>-<mood>` where `SHOTS` names a folder. The page is left as large as it was.
 */
export async function look({ page, name, frame, moods = MOODS, widths = WIDTHS }: Screen): Promise<string[]> {
  const findings: string[] = []
  const before = page.viewportSize()
  const arrivals = countArrivals(page)
  for (const width of widths) {
    await page.setViewportSize(SIZES[width])
    for (const mood of moods) {
      if (!frame) await page.emulateMedia({ colorScheme: mood })
      do await stillness(frame ?? page)
      while (arrivals.awaited() > 0)
      if (shotsFolder()) await screenshot(page, `${name}-${width}-${mood}`)
      const rules = mood === moods[0] ? 'all' : 'colours'
      const found = await accessibilityFindings(frame ?? page, rules)
      findings.push(...found.map((finding) => `${name}-${width}-${mood}: ${finding}`))
    }
  }
  if (before) {
    await page.setViewportSize(before)
    // What is pressed next must not be replaced meanwhile by what fits the other width.
    await stillness(frame ?? page)
  }
  arrivals.stop()
  return findings
}

/** What is asked for from now on and has not come yet: a wider page loads parts that a narrow one does without. */
function countArrivals(page: Page) {
  const asked = new Set<Request>()
  const ask = (request: Request) => void asked.add(request)
  const come = (request: Request) => void asked.delete(request)
  page.on('request', ask).on('requestfinished', come).on('requestfailed', come)
  return {
    awaited: () => asked.size,
    stop: () => void page.off('request', ask).off('requestfinished', come).off('requestfailed', come),
  }
}

/** The same for the Mini App that stands open in the sandbox's Telegram. */
export async function lookAtApp({ page, frame }: Messenger, name: string, moods: readonly Mood[]): Promise<string[]> {
  const content = await (await frame.elementHandle())?.contentFrame()
  if (!content) throw new Error('the Mini App is not open')
  return look({ page, name, frame: content, moods })
}

/** Resolves when the document stands still and its pictures and faces are there. Motion is off where tests look at pages. */
function stillness(page: Page | Frame): Promise<unknown> {
  return page.evaluate(
    ({ stillMs, deadlineMs }) =>
      new Promise<void>((resolve, reject) => {
        const end = performance.now() + deadlineMs
        let timer = setTimeout(settle, stillMs)
        const watcher = new MutationObserver(wait)
        watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
        window.addEventListener('resize', wait)
        function wait() {
          clearTimeout(timer)
          timer = setTimeout(settle, stillMs)
        }
        // A sign of waiting breathes for as long as it is there.
        function ends(effect: AnimationEffect | null) {
          return effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY
        }
        function settle() {
          const missing = [...document.images].filter((image) => image.loading !== 'lazy' && !image.complete)
          const moving = document
            .getAnimations()
            .some(({ playState, effect }) => playState === 'running' && ends(effect))
          const unready = missing.length > 0 || moving || document.fonts.status === 'loading'
          if (unready && performance.now() < end) return wait()
          watcher.disconnect()
          window.removeEventListener('resize', wait)
          if (missing.length > 0) reject(new Error(`pictures that did not come: ${missing.map(({ src }) => src)}`))
          else resolve()
        }
      }),
    { stillMs: STILL_MS, deadlineMs: STILL_DEADLINE_MS },
  )
}
