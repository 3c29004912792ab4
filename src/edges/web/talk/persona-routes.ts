import { z } from '@hono/zod-openapi'
import { type App, defineRoute, jsonAnswer, Problem } from '#edges/http'
import { idParam, personaSchema } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const list = defineRoute({
  method: 'get',
  path: '/api/personas',
  owner: 'user',
  summary: 'Companions to choose from',
  responses: { 200: jsonAnswer(z.object({ personas: z.array(personaSchema) }), 'In the order of the house') },
})

const one = defineRoute({
  method: 'get',
  path: '/api/personas/{id}',
  owner: 'user',
  summary: 'One companion with its stories',
  request: { params: idParam },
  responses: { 200: jsonAnswer(z.object({ persona: personaSchema }), 'The companion') },
})

export function personaRoutes(app: App, { catalogue }: TalkDeps): void {
  app.openapi(list, (c) => c.json({ personas: catalogue.list(c.var.locale) }, 200))

  app.openapi(one, (c) => {
    const persona = catalogue.list(c.var.locale).find(({ id }) => id === c.req.valid('param').id)
    if (!persona) throw new Problem(404, 'not_found')
    // The contract shows the companion itself; the name beside it lets a client treat both answers alike.
    return c.json({ ...persona, persona }, 200)
  })
}
