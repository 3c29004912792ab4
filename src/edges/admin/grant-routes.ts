import { z } from '@hono/zod-openapi'
import { recordAudit } from '#domain/audit'
import { grantByOperator } from '#domain/credits'
import { liveUserId, lockUser } from '#domain/identity'
import { type App, defineRoute, isUuid, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'
import { inTransaction } from '#platform/postgres'
import type { AdminDeps } from './delivery-routes.ts'
import { reasonSchema } from './schemas.ts'

const GRANT_MAX_CREDITS = 100_000

const amount = z.int().min(1).max(GRANT_MAX_CREDITS).optional()
const give = defineRoute({
  method: 'post',
  path: '/api/admin/users/{id}/grants',
  owner: 'operator',
  summary: 'Give credits to a user, with a written reason; repeated with the same Idempotency-Key it gives once',
  request: {
    params: z.object({ id: z.string() }),
    headers: z.object({ 'idempotency-key': z.string().optional() }),
    body: jsonBody(
      z.strictObject({
        credits: z
          .strictObject({ basic: amount, pro: amount, cassandra: amount })
          .refine((credits) => Object.keys(credits).length > 0, 'must give something'),
        reason: reasonSchema,
      }),
    ),
  },
  responses: { 201: jsonAnswer(z.object({ grantId: z.string(), userId: z.string() }), 'Given') },
})

/** What operators give. */
export function grantRoutes(app: App, { db, announce }: AdminDeps): void {
  app.openapi(give, async (c) => {
    const id = knownId(c.req.valid('param').id)
    const grantId = c.req.valid('header')['idempotency-key'] ?? ''
    if (!isUuid(grantId)) throw new Problem(400, 'idempotency_key_required')
    const { reason, credits: given } = c.req.valid('json')
    const operatorId = c.var.caller.userId
    const credits = { basic: given.basic ?? 0, pro: given.pro ?? 0, cassandra: given.cassandra ?? 0 }
    const userId = await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, id)
      if (!user) throw new Problem(404, 'not_found')
      const grant = await grantByOperator(tx, { userId: user.id, grantId, operatorId, reason, credits })
      if ((await liveUserId(tx, grant.userId)) !== user.id) throw new Problem(422, 'idempotency_mismatch')
      const details = { grantId, to: user.id, ...credits }
      if (grant.isNew) await recordAudit(tx, { kind: 'credits_granted', userId: operatorId, details })
      return user.id
    })
    announce.signal(userId, { kind: 'credits.changed' })
    return c.json({ grantId, userId }, 201)
  })
}
