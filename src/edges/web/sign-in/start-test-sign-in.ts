import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Locale } from '#contract/words'
import { createKeyRing, createSessionFinder, type UserSignal } from '#domain/identity'
import { type App, createApp, createLimits } from '#edges/http'
import { createSettableClock, type SettableClock } from '#platform/clock'
import { createLocalLive, type Live } from '#platform/live'
import { createLog } from '#platform/log'
import type { Database } from '#platform/postgres'
import { loadTexts } from '#platform/texts'
import { createVault, type Vault } from '#platform/vault'
import { mergeParts } from '#test/merge-parts'
import type { SignInDeps } from './sign-in-deps.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** Shaped as Telegram's own; it opens nothing anywhere. */
export const BOT_TOKEN = '7000000001:AAtest-token-for-signing-in-0123456789'
export const PUBLIC_URL = 'http://localhost:3000'
const LINK_TTL_SECONDS = 600
/** Every request comes through this proxy, which is believed: `X-Forwarded-For` says where a test sends it from. */
const PROXY = '127.0.0.1'
const VIA_PROXY = { incoming: { socket: { remoteAddress: PROXY } } }

export const TELEGRAM: SignInDeps['telegram'] = {
  botToken: BOT_TOKEN,
  botUsername: () => 'companion_bot',
  widget: { scriptUrl: 'https://telegram.org/js/telegram-widget.js?22', frameOrigin: 'https://oauth.telegram.org' },
  initDataKeys: null,
}

export interface TestSignIn {
  app: App
  live: Live
  vault: Vault
  clock: SettableClock
  codes: { to: string; code: string; locale: Locale }[]
  /** A browser of its own: keeps cookies, sends our origin. */
  browser(): TestBrowser
}

export type TestBrowser = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>

/** The sign-in routes on a real database and the real frame, for tests; only the mail goes into a list. */
export async function startTestSignIn(db: Kysely<Database>, over: Partial<SignInDeps> = {}): Promise<TestSignIn> {
  const log = createLog({ level: 'silent' })
  const vault = createVault({ masterKey: randomBytes(32) })
  const keyRing = createKeyRing({ vault, db })
  const live = createLocalLive({ log })
  const clock = createSettableClock(new Date())
  const codes: TestSignIn['codes'] = []
  const deps: SignInDeps = {
    db,
    vault,
    keyRing,
    live,
    log,
    clock,
    limits: createLimits(),
    publicUrl: PUBLIC_URL,
    telegram: TELEGRAM,
    providers: [],
    welcome: { telegram: { basic: 50, pro: 5, cassandra: 3 }, web: { basic: 10, pro: 0, cassandra: 0 } },
    linking: {
      parts: mergeParts({ vault, keys: keyRing }),
      ttlSeconds: LINK_TTL_SECONDS,
      news: { asked() {}, async linked() {}, async undone() {} },
    },
    postCode: (mail) => void codes.push(mail),
    ...over,
  }
  const app = createApp(
    {
      publicUrl: deps.publicUrl,
      trustedProxies: [PROXY],
      texts: await loadTexts({ folder: 'locales', strict: true }),
      log,
      findSession: createSessionFinder({ db, keyRing }),
      isOperator: async () => false,
      checks: { notReady: async () => [], metrics: async () => ({ contentType: 'text/plain', text: '' }) },
    },
    (frame) => signInRoutes(frame, deps),
  )
  return { app, live, vault, clock, codes, browser: () => createBrowser(app, deps.publicUrl) }
}

function createBrowser(app: App, publicUrl: string): TestBrowser {
  const cookies = new Map<string, string>()
  return async (path, body, extra = {}) => {
    const headers = new Headers({ origin: new URL(publicUrl).origin, ...extra })
    if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    if (body !== undefined) headers.set('content-type', 'application/json')
    const method = headers.get('x-method') ?? (body === undefined ? 'GET' : 'POST')
    headers.delete('x-method')
    const request = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const response = await app.request(new URL(path, publicUrl).href, request, VIA_PROXY)
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0\b/i.test(line)) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

/** Init data as Telegram signs it for this bot. */
export function signInitData(fields: Record<string, string>, botToken = BOT_TOKEN): string {
  const secret = createHmac('sha256', 'WebAppData').update(botToken).digest()
  return new URLSearchParams({ ...fields, hash: sign(fields, secret) }).toString()
}

/** The Login Widget's fields as Telegram signs them for this bot. */
export function signWidget<Fields extends Record<string, string | number>>(fields: Fields, botToken = BOT_TOKEN) {
  return { ...fields, hash: sign(fields, createHash('sha256').update(botToken).digest()) }
}

function sign(fields: Record<string, string | number>, secret: Buffer): string {
  const lines = Object.keys(fields).sort()
  return createHmac('sha256', secret)
    .update(lines.map((key) => `${key}=${fields[key]}`).join('\n'))
    .digest('hex')
}

/** Signals on one user's topic, in order. */
export async function listen(live: Live, topic: string): Promise<UserSignal[]> {
  const heard: UserSignal[] = []
  await live.subscribe(topic, { event: (event) => void heard.push(event as UserSignal) })
  return heard
}
