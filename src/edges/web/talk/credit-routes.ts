import { z } from '@hono/zod-openapi'
import { entriesOf } from '#domain/credits'
import { type App, defineRoute, jsonAnswer } from '#edges/http'
import { entrySchema } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const PAGE_MAX = 100
const PAGE_DEFAULT = 50

const entries = defineRoute({
  method: 'get',
  path: '/api/credits/entries',
  owner: 'user',
  summary: 'What changed the balance, newest first',
  request: {
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    }),
  },
  responses: { 200: jsonAnswer(z.object({ entries: z.array(entrySchema), hasMore: z.boolean() }), 'A page') },
})

export function creditRoutes(app: App, { db }: TalkDeps): void {
  app.openapi(entries, async (c) => {
    const { before, limit } = c.req.valid('query')
    const found = await entriesOf(db, c.var.caller.userId, { before: before ?? null, limit })
    return c.json({ entries: found.slice(0, limit), hasMore: found.length > limit }, 200)
  })
}
