import { z } from '@hono/zod-openapi'
import type { Fact as ShownFact } from '#contract/api'
import { FACT_TEXT_MAX_LENGTH } from '#contract/limits'
import { activeConversation } from '#domain/conversations'
import { hastenDigest, type Memory } from '#domain/memory'
import { type App, defineRoute, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'
import { inTransaction } from '#platform/postgres'
import { factSchema, idParam } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const list = defineRoute({
  method: 'get',
  path: '/api/memory',
  owner: 'user',
  summary: 'What the companion of the active conversation remembers, oldest first',
  responses: { 200: jsonAnswer(z.object({ facts: z.array(factSchema) }), 'Facts') },
})

/** A whole book pasted by mistake gets a sentence about its length, not about its bytes. */
const EDIT_BODY_MAX_BYTES = 1_048_576

const text = z
  .string()
  .refine((value) => value.trim() !== '', 'empty')
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'not text')

const edit = defineRoute({
  method: 'patch',
  path: '/api/memory/{id}',
  owner: 'user',
  maxBodyBytes: EDIT_BODY_MAX_BYTES,
  summary: 'Rewrite one fact',
  request: { params: idParam, body: jsonBody(z.strictObject({ text })) },
  responses: { 200: jsonAnswer(z.object({ fact: factSchema }), 'The fact as it is now') },
})

const forget = defineRoute({
  method: 'delete',
  path: '/api/memory/{id}',
  owner: 'user',
  summary: 'Forget one fact, and the line it came from',
  request: { params: idParam },
  responses: { 204: { description: 'Forgotten' } },
})

export function memoryRoutes(app: App, { db, memory, catalogue, settle }: TalkDeps): void {
  app.openapi(list, async (c) => {
    const { userId } = c.var.caller
    const active = await activeConversation(db, userId)
    // Whoever looks wants to see what was said a minute ago, too.
    if (active && (await hastenDigest(db, userId, active.id))) settle.announce.wakeMemories()
    const facts = await memory.list(db, userId, (personaId) => catalogue.localized(personaId, 'ru')?.remembers ?? [])
    return c.json({ facts: facts.map(present) }, 200)
  })

  app.openapi(edit, async (c) => {
    const id = knownId(c.req.valid('param').id)
    const { userId } = c.var.caller
    const written = c.req.valid('json').text.trim()
    if (written.length > FACT_TEXT_MAX_LENGTH) {
      throw new Problem(422, 'fact_too_long', { args: { max: FACT_TEXT_MAX_LENGTH } })
    }
    const fact = await inTransaction(db, (tx) => memory.edit(tx, userId, id, written))
    if (!fact) throw new Problem(404, 'not_found')
    settle.announce.event(fact.userId, { name: 'memory', data: {} })
    return c.json({ fact: present(fact) }, 200)
  })

  app.openapi(forget, async (c) => {
    const id = knownId(c.req.valid('param').id)
    const { userId } = c.var.caller
    if (!(await inTransaction(db, (tx) => memory.forget(tx, userId, id)))) throw new Problem(404, 'not_found')
    settle.announce.event(userId, { name: 'memory', data: {} })
    return c.body(null, 204)
  })
}

function present({ id, text, messageId, createdAt }: Awaited<ReturnType<Memory['list']>>[number]): ShownFact {
  return { id, text, messageId, createdAt: createdAt.toISOString() }
}
