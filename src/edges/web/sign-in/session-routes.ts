import { z } from '@hono/zod-openapi'
import { recordAudit } from '#domain/audit'
import { endSession, endSessionsFor, listSessions } from '#domain/identity'
import { type App, type AppContext, type Caller, defineRoute, jsonAnswer, Problem, recogniseCaller } from '#edges/http'
import { inTransaction } from '#platform/postgres'
import { clientHash } from './client-hash.ts'
import { announceEnd } from './settle-sign-in.ts'
import type { SignInDeps } from './sign-in-deps.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
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
    if (caller) await endOwn(c, deps, caller, { kind: 'sign_out', sessionId: caller.sessionId })
    c.var.frame.cookie.clear(c)
    return c.body(null, 204, CLEAR_CACHE)
  })

  app.openapi(list, async (c) => {
    const { userId, sessionId } = c.var.caller
    const sessions = await listSessions(db, userId)
    return c.json({ sessions: sessions.map((session) => ({ ...session, current: session.id === sessionId })) }, 200)
  })

  app.openapi(endOne, async (c) => {
    const { caller } = c.var
    const id = c.req.valid('param').id.toLowerCase()
    if (!UUID.test(id) || !(await endOwn(c, deps, caller, { kind: 'session_revoked', sessionId: id }))) {
      throw new Problem(404, 'not_found')
    }
    if (id === caller.sessionId) c.var.frame.cookie.clear(c)
    return c.body(null, 204)
  })

  app.openapi(endAll, async (c) => {
    const { userId } = c.var.caller
    const ended = await inTransaction(db, async (tx) => {
      const sessionIds = await endSessionsFor(tx, userId, null)
      const details = { sessions: sessionIds.length }
      await recordAudit(tx, { kind: 'session_revoked', userId, details, client: clientHash(c, deps) })
      return sessionIds
    })
    announceEnd(deps, userId, ended)
    c.var.frame.cookie.clear(c)
    return c.body(null, 204, CLEAR_CACHE)
  })
}

/** False when the caller has no such living session. */
async function endOwn(
  c: AppContext,
  deps: SignInDeps,
  { userId }: Caller,
  { kind, sessionId }: { kind: 'sign_out' | 'session_revoked'; sessionId: string },
): Promise<boolean> {
  const ended = await inTransaction(deps.db, async (tx) => {
    if (!(await endSession(tx, userId, sessionId))) return false
    await recordAudit(tx, { kind, userId, details: { sessionId }, client: clientHash(c, deps) })
    return true
  })
  if (ended) announceEnd(deps, userId, [sessionId])
  return ended
}
