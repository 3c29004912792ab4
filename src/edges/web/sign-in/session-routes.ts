import { z } from '@hono/zod-openapi'
import { recordAudit } from '#domain/audit'
import { endHeldSession, endHeldSessions, holdsSession, listSessions, livingSessionIds } from '#domain/identity'
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
  summary: 'Where I am signed in, and whether this session has proven a login in the last minutes',
  responses: {
    200: jsonAnswer(z.object({ sessions: z.array(sessionSchema), fresh: z.boolean() }), 'Last used first'),
  },
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
    if (caller) await endHeld(c, deps, caller.sessionId)
    c.var.frame.cookie.clear(c)
    return c.body(null, 204, CLEAR_CACHE)
  })

  app.openapi(list, async (c) => {
    const { userId, sessionId, fresh } = c.var.caller
    const listed = await listSessions(db, userId)
    const sessions = listed.map((session) => ({ ...session, current: session.id === sessionId }))
    return c.json({ sessions, fresh }, 200)
  })

  app.openapi(endOne, async (c) => {
    const { caller } = c.var
    const id = c.req.valid('param').id.toLowerCase()
    if (!UUID.test(id) || !(await endOwn(c, deps, caller, id))) {
      throw new Problem(404, 'not_found')
    }
    if (id !== caller.sessionId) return c.body(null, 204)
    c.var.frame.cookie.clear(c)
    return c.body(null, 204, CLEAR_CACHE)
  })

  app.openapi(endAll, async (c) => {
    const { userId } = c.var.caller
    // Which ones they are is settled before anything is waited for: a merge under way may move one of them.
    const theirs = await livingSessionIds(db, userId)
    const ended = await inTransaction(db, async (tx) => {
      const sessions = await endHeldSessions(tx, theirs)
      const details = { sessions: sessions.length }
      await recordAudit(tx, { kind: 'session_revoked', userId, details, client: clientHash(c, deps) })
      return sessions
    })
    for (const { id, userId: owner } of ended) announceEnd(deps, owner, [id])
    c.var.frame.cookie.clear(c)
    return c.body(null, 204, CLEAR_CACHE)
  })
}

/** The session of this very request, whoever's it has become while the request was under way. */
async function endHeld(c: AppContext, deps: SignInDeps, sessionId: string): Promise<void> {
  const userId = await inTransaction(deps.db, async (tx) => {
    const owner = await endHeldSession(tx, sessionId)
    if (owner === null) return null
    await recordAudit(tx, { kind: 'sign_out', userId: owner, details: { sessionId }, client: clientHash(c, deps) })
    return owner
  })
  if (userId !== null) announceEnd(deps, userId, [sessionId])
}

/** False when the caller has no such living session. What was theirs ends also if a merge moves it meanwhile. */
async function endOwn(c: AppContext, deps: SignInDeps, { userId }: Caller, sessionId: string): Promise<boolean> {
  if (!(await holdsSession(deps.db, { sessionId, userId }))) return false
  const owner = await inTransaction(deps.db, async (tx) => {
    const owner = await endHeldSession(tx, sessionId)
    if (owner === null) return null
    const client = clientHash(c, deps)
    await recordAudit(tx, { kind: 'session_revoked', userId: owner, details: { sessionId }, client })
    return owner
  })
  if (owner !== null) announceEnd(deps, owner, [sessionId])
  return true
}
