import { z } from '@hono/zod-openapi'
import { endSession, endSessions, listSessions } from '#domain/identity'
import { type App, defineRoute, jsonAnswer, Problem, recogniseCaller } from '#edges/http'
import { announceEnd } from './settle-sign-in.ts'
import type { SignInDeps } from './sign-in-deps.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** What a browser has cached of a signed-in person goes with the session. */
const CLEAR_CACHE = { 'Clear-Site-Data': '"cache"' }

const sessionSchema = z
  .object({
    id: z.string(),
    interface: z.enum(['webapp', 'browser']),
    device: z.string(),
    lastSeenAt: z.string(),
    current: z.boolean(),
  })
  .openapi('Session')

const signOut = defineRoute({
  method: 'post',
  path: '/api/auth/sign-out',
  owner: 'public',
  summary: 'End this session; without one there is nothing to do',
  responses: { 204: { description: 'Signed out' } },
})

const list = defineRoute({
  method: 'get',
  path: '/api/sessions',
  owner: 'user',
  summary: 'Where I am signed in',
  responses: { 200: jsonAnswer(z.object({ sessions: z.array(sessionSchema) }), 'Last used first') },
})

const endOne = defineRoute({
  method: 'delete',
  path: '/api/sessions/{id}',
  owner: 'user',
  summary: 'End one of my sessions',
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: 'Ended' } },
})

const endAll = defineRoute({
  method: 'delete',
  path: '/api/sessions',
  owner: 'user',
  summary: 'End all of my sessions, this one too',
  responses: { 204: { description: 'Ended' } },
})

export function sessionRoutes(app: App, deps: SignInDeps): void {
  const { db } = deps

  app.openapi(signOut, async (c) => {
    const caller = await recogniseCaller(c)
    if (caller && (await endSession(db, caller.userId, caller.sessionId))) {
      announceEnd(deps, caller.userId, [caller.sessionId])
    }
    c.var.frame.cookie.clear(c)
    return c.body(null, 204, CLEAR_CACHE)
  })

  app.openapi(list, async (c) => {
    const { userId, sessionId } = c.var.caller
    const sessions = await listSessions(db, userId)
    return c.json({ sessions: sessions.map((session) => ({ ...session, current: session.id === sessionId })) }, 200)
  })

  app.openapi(endOne, async (c) => {
    const { userId, sessionId } = c.var.caller
    const { id } = c.req.valid('param')
    if (!UUID.test(id) || !(await endSession(db, userId, id))) throw new Problem(404, 'not_found')
    announceEnd(deps, userId, [id.toLowerCase()])
    if (id.toLowerCase() === sessionId) c.var.frame.cookie.clear(c)
    return c.body(null, 204)
  })

  app.openapi(endAll, async (c) => {
    const { userId } = c.var.caller
    announceEnd(deps, userId, await endSessions(db, userId))
    c.var.frame.cookie.clear(c)
    return c.body(null, 204, CLEAR_CACHE)
  })
}
