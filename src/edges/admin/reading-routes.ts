import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { listReported, type OpenedReading, READING_KINDS, type Readings } from '#domain/readings'
import { type App, defineRoute, isUuid, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'
import type { Database } from '#platform/postgres'

const PAGE_MAX = 100
const PAGE_DEFAULT = 50
/** Shorter is no reason. */
const REASON_MIN_LENGTH = 10
const REASON_MAX_LENGTH = 500

const idParam = z.object({ id: z.string() })
const reason = z.string().trim().min(REASON_MIN_LENGTH).max(REASON_MAX_LENGTH)

const openedSchema = z.object({ readingId: z.string(), userId: z.string(), expiresAt: z.string() })
const lineSchema = z.object({
  id: z.string(),
  seq: z.int(),
  conversationId: z.string().nullable(),
  role: z.enum(['user', 'assistant', 'system']),
  interface: z.enum(['bot', 'webapp', 'browser']),
  text: z.string(),
  createdAt: z.string(),
})
const reportSchema = z.object({
  turnId: z.string(),
  userId: z.string(),
  personaId: z.string().nullable(),
  askedAt: z.string(),
  reportedAt: z.string(),
})

const openTalk = defineRoute({
  method: 'post',
  path: '/api/admin/users/{id}/readings',
  owner: 'operator',
  summary: 'Open a talk for half an hour; the person is told, and it is audited',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ reason, kind: z.enum(READING_KINDS).default('fault') })),
  },
  responses: { 201: jsonAnswer(openedSchema, 'Opened') },
})

const page = defineRoute({
  method: 'get',
  path: '/api/admin/readings/{id}/messages',
  owner: 'operator',
  summary: 'A page of what is open, ascending by seq; every page is audited',
  request: { params: idParam, query: z.object({ before: z.coerce.number().int().min(0).optional() }) },
  responses: { 200: jsonAnswer(z.object({ messages: z.array(lineSchema), hasMore: z.boolean() }), 'A page') },
})

const reports = defineRoute({
  method: 'get',
  path: '/api/admin/reports',
  owner: 'operator',
  summary: 'Exchanges that people reported, newest first, without a word of them',
  request: {
    query: z.object({
      before: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    }),
  },
  responses: { 200: jsonAnswer(z.object({ reports: z.array(reportSchema), hasMore: z.boolean() }), 'A page') },
})

const openReport = defineRoute({
  method: 'post',
  path: '/api/admin/reports/{id}/readings',
  owner: 'operator',
  summary: 'Open the exchange that was reported, and nothing else; the id is of the turn',
  request: { params: idParam, body: jsonBody(z.strictObject({ reason })) },
  responses: { 201: jsonAnswer(openedSchema, 'Opened') },
})

/** How operators read what people said: never without a reason, and never unseen. */
export function readingRoutes(app: App, { db, readings }: { db: Kysely<Database>; readings: Readings }): void {
  app.openapi(openTalk, async (c) => {
    const userId = knownId(c.req.valid('param').id)
    const opened = await readings.openTalk({ userId, operatorId: c.var.caller.userId, ...c.req.valid('json') })
    return c.json(present(opened), 201)
  })

  app.openapi(page, async (c) => {
    const { before = null } = c.req.valid('query')
    const found = await readings.page({
      readingId: knownId(c.req.valid('param').id),
      operatorId: c.var.caller.userId,
      before,
    })
    if (found === 'absent') throw new Problem(404, 'not_found')
    if (found === 'expired') throw new Problem(410, 'reading_expired')
    const messages = found.messages.map(({ id, seq, conversationId, role, interface: place, text, createdAt }) => ({
      id,
      seq,
      conversationId,
      role,
      interface: place,
      text,
      createdAt,
    }))
    return c.json({ messages, hasMore: found.hasMore }, 200)
  })

  app.openapi(reports, async (c) => {
    const { before = null, limit } = c.req.valid('query')
    if (before !== null && !isUuid(before)) throw new Problem(422, 'invalid_input', { fields: { before: 'no id' } })
    const { reports: found, hasMore } = await listReported(db, { before, limit })
    const shown = found.map(({ askedAt, reportedAt, ...report }) => ({
      ...report,
      askedAt: askedAt.toISOString(),
      reportedAt: reportedAt.toISOString(),
    }))
    return c.json({ reports: shown, hasMore }, 200)
  })

  app.openapi(openReport, async (c) => {
    const turnId = knownId(c.req.valid('param').id)
    const { reason: why } = c.req.valid('json')
    return c.json(present(await readings.openReport({ turnId, operatorId: c.var.caller.userId, reason: why })), 201)
  })
}

/** @throws Problem 404 */
function present(opened: OpenedReading | null) {
  if (!opened) throw new Problem(404, 'not_found')
  return { ...opened, expiresAt: opened.expiresAt.toISOString() }
}
