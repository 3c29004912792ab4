import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { allowTelegram } from '../../test/browser/joining.ts'
import { PHONE } from '../../test/harness/chromium.ts'
import { percentile } from '../measure.ts'
import { type PageWorld, withPage } from '../page/with-page.ts'
import type { Row } from '../row.ts'

const VISITS = 40
/** A page that cannot be closed does not hold up the others. */
const CLOSE_MAX_MS = 5_000
const NAME = 'Bench'
const GOALS = { p95: 2_000, p95Floor: 10_000 }

/**
 * From the click on "sign in with Telegram" to being signed in: a browser without a past each time, over the sandbox's
 * OpenID Connect issuer, where somebody who does not hesitate says who they are and agrees.
 */
export function entrance(): Promise<Row[]> {
  return withPage(async (world) => {
    world.sandbox.telegram.addPerson({ firstName: NAME, languageCode: 'ru' })
    const tookMs: number[] = []
    for (let visit = 0; visit <= VISITS; visit += 1) {
      const ms = await signInOnce(world)
      // The first one is to get warm.
      if (visit > 0) tookMs.push(ms)
    }
    const row = { unit: 'ms', better: 'less' as const }
    const what = 'click on "sign in with Telegram" to signed in'
    return [
      { ...row, what: `${what}, p50`, value: percentile(tookMs, 0.5), floor: null, goal: null },
      {
        ...row,
        what: `${what}, p95`,
        value: percentile(tookMs, 0.95),
        floor: GOALS.p95Floor,
        goal: GOALS.p95,
        note: `${tookMs.length} fresh browsers, all signed in; on the issuer's page a person agrees at once`,
      },
    ]
  })
}

async function signInOnce({ browser, vitte, words }: PageWorld): Promise<number> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'ru-RU' })
  try {
    const page = await context.newPage()
    await page.goto(vitte.url)
    const link = page.getByRole('link', { name: words('sign-in-telegram') })
    await link.waitFor()
    const start = performance.now()
    await link.click()
    await allowTelegram(page, NAME)
    await signedIn(page, words('menu-open'))
    return performance.now() - start
  } finally {
    await Promise.race([context.close(), sleep(CLOSE_MAX_MS)])
  }
}

function signedIn(page: Page, menu: string): Promise<void> {
  return page.getByRole('button', { name: menu }).waitFor()
}
