import { z } from '@hono/zod-openapi'
import { recordAudit } from '#domain/audit'
import { lockUser, unlockMinor } from '#domain/identity'
import { type App, defineRoute, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'
import { inTransaction } from '#platform/postgres'
import type { AdminDeps } from './delivery-routes.ts'
import { reasonSchema } from './schemas.ts'

const unlock = defineRoute({
  method: 'post',
  path: '/api/admin/users/{id}/unlock',
  owner: 'operator',
  summary: 'Open the companions again to somebody who had said to be under 18, with a written reason',
  request: {
    params: z.object({ id: z.string() }),
    body: jsonBody(z.strictObject({ reason: reasonSchema })),
  },
  responses: { 200: jsonAnswer(z.object({ userId: z.string(), unlocked: z.boolean() }), 'Open; 18+ is asked anew') },
})

/** Nobody but an operator undoes what a person said about their age. `unlocked` is false when nothing was closed. */
export function unlockRoute(app: App, { db, announce }: AdminDeps): void {
  app.openapi(unlock, async (c) => {
    const id = knownId(c.req.valid('param').id)
    const { reason } = c.req.valid('json')
    const operatorId = c.var.caller.userId
    const answer = await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, id)
      if (!user) throw new Problem(404, 'not_found')
      const unlocked = await unlockMinor(tx, user.id, reason)
      if (unlocked) await recordAudit(tx, { kind: 'minor_unlocked', userId: operatorId, details: { to: user.id } })
      return { userId: user.id, unlocked }
    })
    announce.event(answer.userId, { name: 'settings', data: {} })
    return c.json(answer, 200)
  })
}
