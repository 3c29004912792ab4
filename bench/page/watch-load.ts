import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Frame } from 'playwright-core'

/** Nothing more is taken to be part of the first load after so long a silence. */
const QUIET_MS = 1_500
const GZIP_LEVEL = 9

/** The moment, as the page's own clock has it, from which on something can be done there. */
declare global {
  interface Window {
    readyAtMs?: number
  }
}

export interface Scripts {
  /** All scripts, each packed by itself as gzip packs it best. */
  gzBytes: number
  /** What came over the wire for them, in whatever coding the server chose. */
  sentBytes: number
  count: number
}

/** Counts what a context loads from Vitte as JavaScript, frames included; asked for it, waits until no more comes. */
export function watchScripts(context: BrowserContext, origin: string): () => Promise<Scripts> {
  const seen = new Map<string, Promise<{ gzBytes: number; sentBytes: number }>>()
  let lastAt = performance.now()
  context.on('response', (response) => {
    const { origin: from, pathname } = new URL(response.url())
    if (from !== origin || !pathname.endsWith('.js')) return
    lastAt = performance.now()
    const sizes = Promise.all([response.body(), response.request().sizes()])
    seen.set(
      response.url(),
      sizes.then(([body, { responseBodySize }]) => ({
        gzBytes: gzipSync(body, { level: GZIP_LEVEL }).length,
        sentBytes: responseBodySize,
      })),
    )
  })
  return async () => {
    while (performance.now() - lastAt < QUIET_MS) await sleep(QUIET_MS / 10)
    const sizes = await Promise.all(seen.values())
    const sum = (read: (size: (typeof sizes)[number]) => number) => sizes.reduce((all, size) => all + read(size), 0)
    return { gzBytes: sum((size) => size.gzBytes), sentBytes: sum((size) => size.sentBytes), count: sizes.length }
  }
}

/**
 * Makes every document of the context write down when something of this selector can first be used: it is there, and
 * the main thread has come to rest enough to draw a frame and to begin another task.
 */
export async function markReadiness(context: BrowserContext, selector: string): Promise<void> {
  await context.addInitScript((wanted) => {
    const look = () => {
      const found = document.querySelector<HTMLElement>(wanted)
      if (!found || found.matches(':disabled')) return requestAnimationFrame(look)
      return requestAnimationFrame(() => setTimeout(() => (window.readyAtMs = performance.now())))
    }
    look()
  }, selector)
}

/** Milliseconds from the start of the navigation until what was marked could be used. */
export async function readyAfterMs(frame: Frame): Promise<number> {
  await frame.waitForFunction(() => window.readyAtMs !== undefined)
  return (await frame.evaluate(() => window.readyAtMs)) ?? Number.NaN
}
