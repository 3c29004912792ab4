import { z } from '@hono/zod-openapi'
import type { LedgerEntry } from '#contract/api'
import type { Locale } from '#contract/words'
import { personaIdsOf } from '#domain/conversations'
import { type LedgerEntry as BookedEntry, entriesOf, receiptOf } from '#domain/credits'
import { turnsById } from '#domain/replies'
import { type App, defineRoute, jsonAnswer, knownId, Problem } from '#edges/http'
import type { MoneyDeps } from './money-routes.ts'
import { entrySchema, receiptSchema } from './schemas.ts'

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

const receipt = defineRoute({
  method: 'get',
  path: '/api/turns/{id}/receipt',
  owner: 'user',
  summary: 'What one reply cost, and where its price is now',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: jsonAnswer(z.object({ receipt: receiptSchema }), 'The receipt') },
})

export function entryRoutes(app: App, deps: MoneyDeps): void {
  app.openapi(entries, async (c) => {
    const { before, limit } = c.req.valid('query')
    const { userId } = c.var.caller
    const found = await entriesOf(deps.db, userId, { before: before ?? null, limit })
    const page = await withTurns(deps, userId, c.var.locale, found.slice(0, limit))
    return c.json({ entries: page, hasMore: found.length > limit }, 200)
  })

  app.openapi(receipt, async (c) => {
    const turnId = knownId(c.req.valid('param').id)
    const found = await receiptOf(deps.db, c.var.caller.userId, turnId)
    if (!found) throw new Problem(404, 'not_found')
    return c.json({ receipt: { turnId, ...found } }, 200)
  })
}

/** Puts beside each entry whom it paid and where in the history that is. A turn that left with an undo is not told of. */
async function withTurns(
  { db, catalogue }: MoneyDeps,
  userId: string,
  locale: Locale,
  page: BookedEntry[],
): Promise<LedgerEntry[]> {
  const turnIds = page.flatMap(({ turnId }) => turnId ?? [])
  const turns = await turnsById(db, userId, turnIds)
  const talks = [...turns.values()].flatMap(({ conversationId }) => conversationId ?? [])
  const personaIds = await personaIdsOf(db, userId, talks)
  return page.map((entry) => {
    const turn = turns.get(entry.turnId ?? '')
    const personaId = personaIds.get(turn?.conversationId ?? '')
    const persona = personaId ? catalogue.localized(personaId, locale) : null
    return {
      ...entry,
      messageId: turn?.messageId ?? null,
      persona: persona && personaId ? { id: personaId, name: persona.name } : null,
    }
  })
}
