import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Frame, type Page } from 'playwright-core'
import { shotsFolder } from './environment.ts'
import { atEnd, type Scope, wholeFile } from './scope.ts'
import { CHROMIUM, requireTool } from './tools.ts'

/** No sandbox inside containers, and nothing that calls home. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]
const PAGE_TIMEOUT_MS = 30_000

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1280, height: 800 }

/** Headless Chromium with a profile of its own; closed after the test. */
export async function launchChromium(scope: Scope = wholeFile): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: requireTool(CHROMIUM), headless: true, args: CHROMIUM_FLAGS })
  atEnd(scope, () => browser.close())
  return browser
}

/** A page in a profile of its own: nothing is shared with other pages. Phone-sized and Russian unless told otherwise. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'ru-RU', ...options })
  context.setDefaultTimeout(PAGE_TIMEOUT_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, complaints }
}

export interface WatchedPage {
  page: Page
  /** Uncaught errors and console errors so far, refusals by the Content-Security-Policy among them. */
  complaints: string[]
}

/** Keeps a picture as `<name>.png` in the folder `SHOTS`, or in a temporary one; returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = shotsFolder() ?? join(tmpdir(), 'vitte-shots')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  return path
}

/** `colours`: those that can say something new of a page that was looked at by all of them and has changed its mood alone. */
const RULES = {
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}
type Rules = keyof typeof RULES

/** What axe finds against WCAG 2.1 A and AA, one sentence each; empty when all is well. */
export async function accessibilityFindings(page: Page | Frame, rules: Rules = 'all'): Promise<string[]> {
  // Evaluated rather than added as a script, which the Content-Security-Policy would refuse.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe.source)
  // What is well is most of it: neither described by axe nor sent here.
  const options = { runOnly: RULES[rules], resultTypes: ['violations'], preload: false }
  const violations: axe.Result[] = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  )
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`))
}
