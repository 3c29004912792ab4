import type { Frame, Page } from 'playwright-core'
import { accessibilityFindings, DESK, PHONE, screenshot } from '#test/chromium'
import type { Messenger } from './messenger.ts'

export const MOODS = ['light', 'dark'] as const
export type Mood = (typeof MOODS)[number]

const SIZES = { '390': PHONE, '1280': DESK }
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
}

/**
 * Looks at one screen on a phone and on a desk, by day and by night: keeps a picture of each as `<name>-<width>-<mood>`
 * and gives what axe finds, with the picture's name in front. The page is left as large as it was.
 */
export async function look({ page, name, frame, moods = MOODS }: Screen): Promise<string[]> {
  const findings: string[] = []
  const before = page.viewportSize()
  for (const [width, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size)
    for (const mood of moods) {
      if (!frame) await page.emulateMedia({ colorScheme: mood })
      await stillness(frame ?? page)
      await screenshot(page, `${name}-${width}-${mood}`)
      const found = await accessibilityFindings(frame ?? page)
      findings.push(...found.map((finding) => `${name}-${width}-${mood}: ${finding}`))
    }
  }
  if (before) await page.setViewportSize(before)
  return findings
}

/** The same for the Mini App that stands open in the sandbox's Telegram. */
export async function lookAtApp({ page, frame }: Messenger, name: string, moods: readonly Mood[]): Promise<string[]> {
  const content = await (await frame.elementHandle())?.contentFrame()
  if (!content) throw new Error('the Mini App is not open')
  return look({ page, name, frame: content, moods })
}

/** Resolves when the document stands still and its pictures are there. Motion is off where tests look at pages. */
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
        function settle() {
          const missing = [...document.images].filter((image) => image.loading !== 'lazy' && !image.complete)
          if (missing.length > 0 && performance.now() < end) return wait()
          watcher.disconnect()
          window.removeEventListener('resize', wait)
          if (missing.length > 0) reject(new Error(`pictures that did not come: ${missing.map(({ src }) => src)}`))
          else resolve()
        }
      }),
    { stillMs: STILL_MS, deadlineMs: STILL_DEADLINE_MS },
  )
}
