import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { enterAs } from '../../test/browser/enter-as.ts'
import { openMessenger } from '../../test/browser/messenger.ts'
import { PHONE } from '../../test/harness/chromium.ts'
import { Person } from '../../test/harness/people.ts'
import { median, percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { trace, workOfMainThread } from './trace-main-thread.ts'
import { markReadiness, readyAfterMs, type Scripts, watchScripts } from './watch-load.ts'
import { launchBrowser, type PageWorld, withPage } from './with-page.ts'

const ROUNDS = 7
const WARM_UP_ROUNDS = 1
const CPU_SLOWER = 4
const SCRIPT_FLOOR_KIB = 150
const SCRIPT_GOAL_KIB = 95
const READY_GOAL_MS = 1_000
/** A page that cannot be closed does not hold up the others. */
const CLOSE_MAX_MS = 5_000
const COMPOSER = 'textarea'
const SIGN_IN = 'main a[href], main button'
const KIB = 1_024
const NO_SCRIPTS: Scripts = { gzBytes: 0, sentBytes: 0, count: 0 }

/** One way into the product: what is opened, and what has to be there before something can be done. */
interface Entrance {
  what: string
  ready: string
  /** Prepares a fresh context; returns the deed that begins the load and gives the frame it happens in. */
  prepare(context: BrowserContext, page: Page): Promise<() => Promise<Frame>>
}

/**
 * JavaScript of the first load, and how long it takes on a processor four times as slow until something can be typed.
 * A fresh context each time, so nothing is cached in the browser; the server has served the page before. Turn by turn
 * with a page that is a field and nothing else: what the machine and the browser take by themselves.
 */
export function pageLoad(): Promise<Row[]> {
  return withPage(async (world) => {
    const bare = await bareEntrance(world)
    const measured: Measured[] = []
    for (const entrance of await entrances(world)) {
      const looked = await lookOnce(world, entrance)
      measured.push({ entrance, ...looked, slowMs: [], fastMs: [], bareMs: [] })
    }
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
      for (const { entrance, slowMs, fastMs, bareMs } of measured) {
        bareMs.push((await visitOnce(world, bare, { slower: CPU_SLOWER })).readyMs)
        slowMs.push((await visitOnce(world, entrance, { slower: CPU_SLOWER })).readyMs)
        fastMs.push((await visitOnce(world, entrance, { slower: 1 })).readyMs)
      }
    }
    return measured.flatMap(rowsOf)
  })
}

interface Measured {
  entrance: Entrance
  scripts: Scripts
  cpuMs: number
  slowMs: number[]
  fastMs: number[]
  bareMs: number[]
}

async function bareEntrance({ scope }: PageWorld): Promise<Entrance> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>bare</title><textarea></textarea>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { what: 'bare', ready: COMPOSER, prepare: async (_, page) => () => open(page, url) }
}

async function entrances(world: PageWorld): Promise<Entrance[]> {
  const { vitte, sandbox, scope } = world
  const onSite = new Person(vitte.url, scope)
  await onSite.signInByMail(sandbox, 'reader@example.org')
  const personId = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' }).id
  const inTelegram = new Person(vitte.url, scope)
  await inTelegram.openMiniApp(sandbox, personId)
  for (const person of [onSite, inTelegram]) {
    await person.confirmAdult()
    await person.startConversation('arina')
  }
  return [
    {
      what: "site's chat, signed in",
      ready: COMPOSER,
      prepare: async (context, page) => {
        await enterAs(context, onSite, vitte.url)
        return () => open(page, vitte.url)
      },
    },
    { what: 'sign-in page', ready: SIGN_IN, prepare: async (_, page) => () => open(page, vitte.url) },
    {
      what: 'Mini App',
      ready: COMPOSER,
      prepare: async (_, page) => {
        const messenger = await openMessenger(page, sandbox, personId)
        const first = page.getByRole('button', { name: 'Начать', exact: true })
        const menu = page.getByRole('main').getByRole('button', { name: 'Vitte', exact: true })
        await first.or(menu).first().waitFor()
        if (await first.isVisible()) await messenger.start()
        return async () => {
          const attached = page.waitForEvent('framenavigated', (frame) => frame.url().startsWith(vitte.url))
          await messenger.openApp()
          return attached
        }
      },
    },
  ]
}

async function open(page: Page, url: string): Promise<Frame> {
  await page.goto(url, { waitUntil: 'commit' })
  return page.mainFrame()
}

/** The last two are looked at only when asked for: both take their time. */
interface Visit {
  readyMs: number
  scripts: Scripts
  /** Processor time of the main thread until then. */
  cpuMs: number
}

/** In a browser of its own: one that has recorded now and then does not let go of its pages (Chromium 15x). */
async function lookOnce(world: PageWorld, entrance: Entrance): Promise<Visit> {
  const browser = await launchBrowser()
  try {
    return await visitOnce({ ...world, browser }, entrance, { slower: 1, look: true })
  } finally {
    await browser.close()
  }
}

async function visitOnce(
  { browser, vitte }: PageWorld,
  entrance: Entrance,
  { slower, look = false }: { slower: number; look?: boolean },
): Promise<Visit> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'ru-RU' })
  try {
    const page = await context.newPage()
    const countScripts = look ? watchScripts(context, new URL(vitte.url).origin) : null
    await markReadiness(context, entrance.ready)
    const begin = await entrance.prepare(context, page)
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
    let readyMs = Number.NaN
    const load = async () => {
      readyMs = await readyAfterMs(await begin())
    }
    const events = look ? await trace(browser, page, load) : await load()
    const cpuMs = events ? workOfMainThread(events).cpuMs : Number.NaN
    return { readyMs, cpuMs, scripts: (await countScripts?.()) ?? NO_SCRIPTS }
  } finally {
    await Promise.race([context.close(), sleep(CLOSE_MAX_MS)])
  }
}

function rowsOf({ entrance: { what }, scripts, cpuMs, ...times }: Measured): Row[] {
  const warm = (all: number[]) => all.slice(WARM_UP_ROUNDS)
  const [slowMs, fastMs, bareMs] = [warm(times.slowMs), warm(times.fastMs), warm(times.bareMs)]
  const row = { better: 'less' as const }
  return [
    {
      ...row,
      what: `JavaScript on first load, ${what}`,
      value: scripts.gzBytes / KIB,
      unit: 'KiB gz',
      floor: SCRIPT_FLOOR_KIB,
      goal: SCRIPT_GOAL_KIB,
      note: `${scripts.count} files, ${(scripts.sentBytes / KIB).toFixed(1)} KiB as sent`,
    },
    {
      ...row,
      what: `${what} can be used, CPU ${CPU_SLOWER}x slower`,
      value: median(slowMs),
      unit: 'ms',
      floor: null,
      goal: READY_GOAL_MS,
      note: `${ROUNDS} fresh contexts, p95 ${whole(percentile(slowMs, 0.95))} ms, not slowed ${whole(median(fastMs))} ms of which the main thread works ${whole(cpuMs)} ms, a bare field slowed ${whole(median(bareMs))} ms`,
    },
  ]
}

function whole(value: number): string {
  return Math.round(value).toString()
}
