import { z } from '@hono/zod-openapi'
import type { Support, SupportRequest } from '#domain/support'
import { type App, defineRoute, isUuid, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'

const PAGE_MAX = 100
const PAGE_DEFAULT = 50
const ANSWER_MAX_LENGTH = 2_000

const requestSchema: z.ZodType<SupportRequest> = z
  .object({
    id: z.string(),
    userId: z.string(),
    text: z.string(),
    answer: z.string().nullable(),
    damaged: z.literal(true).optional(),
    state: z.enum(['open', 'answered', 'closed']),
    createdAt: z.string(),
    answeredAt: z.string().nullable(),
    closedAt: z.string().nullable(),
  })
  .openapi('SupportRequest')
const idParam = z.object({ id: z.string() })
const done = { 200: jsonAnswer(z.object({ requestId: z.string() }), 'Done') }

const list = defineRoute({
  method: 'get',
  path: '/api/admin/support',
  owner: 'operator',
  summary: 'Requests about payments, oldest first',
  request: {
    query: z.object({
      state: z.enum(['open', 'answered', 'closed']).default('open'),
      after: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    }),
  },
  responses: {
    200: jsonAnswer(z.object({ requests: z.array(requestSchema), hasMore: z.boolean() }), 'A page'),
  },
})

const answer = defineRoute({
  method: 'post',
  path: '/api/admin/support/{id}/answer',
  owner: 'operator',
  summary: 'Answer a request; the words go to the chat in which it was asked',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ text: z.string().trim().min(1).max(ANSWER_MAX_LENGTH) })),
  },
  responses: done,
})

const close = defineRoute({
  method: 'post',
  path: '/api/admin/support/{id}/close',
  owner: 'operator',
  summary: 'Close a request, answered or not; may be repeated',
  request: { params: idParam },
  responses: done,
})

/** Requests about payments, for operators. */
export function supportRoutes(app: App, { support }: { support: Support }): void {
  app.openapi(list, async (c) => {
    const { state, after = null, limit } = c.req.valid('query')
    if (after !== null && !isUuid(after)) throw new Problem(422, 'invalid_input', { fields: { after: 'no id' } })
    return c.json(await support.list({ operatorId: c.var.caller.userId, state, after, limit }), 200)
  })

  app.openapi(answer, async (c) => {
    const requestId = knownId(c.req.valid('param').id)
    const { text } = c.req.valid('json')
    const outcome = await support.answer({ requestId, operatorId: c.var.caller.userId, text })
    if (outcome === 'absent') throw new Problem(404, 'not_found')
    if (outcome === 'closed') throw new Problem(409, 'request_closed')
    return c.json({ requestId }, 200)
  })

  app.openapi(close, async (c) => {
    const requestId = knownId(c.req.valid('param').id)
    if (!(await support.close({ requestId, operatorId: c.var.caller.userId }))) throw new Problem(404, 'not_found')
    return c.json({ requestId }, 200)
  })
}
