import assert from 'node:assert/strict'
import { z } from '@hono/zod-openapi'
import type { Problem as ProblemBody } from '#contract/api'
import type { FoundSession } from '#domain/identity'
import { createLog } from '#platform/log'
import { loadTexts } from '#platform/texts'
import { type App, type AppDeps, createApp, defineRoute, jsonAnswer, jsonBody, Problem } from './index.ts'

export const texts = await loadTexts({ folder: 'locales', strict: true })
const session = (over: Partial<FoundSession>): FoundSession => ({
  id: 'session',
  userId: 'user',
  interface: 'browser',
  locale: 'en',
  adult: false,
  keyId: 'key',
  fresh: true,
  renewed: false,
  changeSecret: null,
  ...over,
})
const SESSIONS: Record<string, FoundSession> = {
  browser: session({}),
  renewed: session({ renewed: true }),
  webapp: session({ interface: 'webapp', locale: 'ru' }),
  operator: session({ userId: 'operator' }),
}
export const BROWSER = { cookie: 'vitte=browser' }
export const SAME = { origin: 'http://localhost:3000' }

const answer = { 200: jsonAnswer(z.object({ said: z.string() }), 'said') }
const open = defineRoute({ method: 'get', path: '/api/open', owner: 'public', responses: answer })
const mine = defineRoute({ method: 'get', path: '/api/mine/{id}', owner: 'user', responses: answer })
const write = defineRoute({
  method: 'post',
  path: '/api/mine/{id}',
  owner: 'user',
  request: { body: jsonBody(z.strictObject({ text: z.string().min(1) })) },
  responses: answer,
})
const console_ = defineRoute({ method: 'get', path: '/api/admin/console', owner: 'operator', responses: answer })
const broken = defineRoute({ method: 'get', path: '/api/broken/{how}', owner: 'public', responses: answer })

function parts(app: App): void {
  app.openapi(open, (c) => c.json({ said: c.var.clientAddress }, 200))
  app.openapi(mine, (c) => {
    const { userId, channel, interface: shown, proof } = c.var.caller
    return c.json({ said: [userId, channel, shown, proof].join(' ') }, 200)
  })
  app.openapi(write, (c) => c.json({ said: c.req.valid('json').text }, 200))
  app.openapi(console_, (c) => c.json({ said: 'console' }, 200))
  app.openapi(broken, (c) => {
    const how = c.req.param('how')
    if (how === 'gone') throw Object.assign(new Error('secret connect'), { code: 'ECONNREFUSED', syscall: 'connect' })
    if (how === 'own') throw new Problem(409, 'conflict', { headers: { 'X-Own': '1' }, fields: { part: 'why' } })
    throw new Error('secret')
  })
}

/** The frame with a few routes of each kind, for tests. Sessions are the words `browser`, `renewed`, `webapp`, `operator`. */
export function makeApp(over: Partial<AppDeps> = {}, addParts = parts): App {
  const deps: AppDeps = {
    publicUrl: 'http://localhost:3000',
    texts,
    log: createLog({ level: 'silent' }),
    findSession: async (token) => SESSIONS[token] ?? null,
    isOperator: async ({ userId }) => userId === 'operator',
    checks: { notReady: async () => [], metrics: async () => ({ contentType: 'text/plain', text: 'vitte_up 1\n' }) },
    ...over,
  }
  return createApp(deps, addParts)
}
/** Status and code of a problem, which must be a whole one. */
export async function problemOf(response: Response): Promise<[number, string]> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  const body = (await response.json()) as ProblemBody
  assert.equal(body.status, response.status)
  assert.ok(body.detail && body.title && body.type)
  return [response.status, body.code]
}

export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text }
}
