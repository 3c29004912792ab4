import { type Browser, chromium } from 'playwright-core'
import { buildPage } from '../../build/page.ts'
import { type PageWords, pageWords } from '../../test/browser/page-words.ts'
import { CHROMIUM_FLAGS } from '../../test/harness/chromium.ts'
import { CHROMIUM, requireTool } from '../../test/harness/tools.ts'
import { type Running, withVitte } from '../with-vitte.ts'

/**
 * As in tests, but frames of other sites share the process of the page around them: Chromium slows down one process at
 * a time, and the Mini App in its frame shall be as slow as everything else.
 */
const FLAGS = [
  ...CHROMIUM_FLAGS,
  '--disable-site-isolation-trials',
  '--disable-features=IsolateOrigins,site-per-process',
]

export interface PageWorld extends Running {
  browser: Browser
  words: PageWords
}

/** Vitte with the page as it is built now, known to browsers as `localhost`, and a Chromium beside it. */
export async function withPage<T>(deed: (world: PageWorld) => Promise<T>): Promise<T> {
  await buildPage()
  const words = await pageWords('ru')
  const browser = await launchBrowser()
  try {
    return await withVitte((running) => deed({ ...running, browser, words }), 'localhost')
  } finally {
    await browser.close()
  }
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: requireTool(CHROMIUM), headless: true, args: FLAGS })
}
