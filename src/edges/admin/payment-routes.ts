import { z } from '@hono/zod-openapi'
import { recordAudit } from '#domain/audit'
import {
  type Difference,
  listDifferences,
  type Payments,
  type RefundOutcome,
  releasePayments,
  settleDifference,
} from '#domain/payments'
import { type App, defineRoute, isUuid, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'
import { inTransaction } from '#platform/postgres'
import type { AdminDeps } from './delivery-routes.ts'
import { reasonSchema } from './schemas.ts'

const PAGE_MAX = 100
const PAGE_DEFAULT = 50
/** As long as an id that is taken from Telegram may be. */
const CHARGE_ID_MAX_LENGTH = 256
const AWAY_RETRY_SECONDS = 30

const differenceSchema: z.ZodType<Difference> = z
  .object({
    id: z.string(),
    kind: z.enum([
      'unknown_order',
      'wrong_sum',
      'wrong_currency',
      'wrong_person',
      'user_gone',
      'wrong_refund',
      'unlisted_payment',
      'unlisted_refund',
      'other_sum',
      'refund_loop',
    ]),
    chargeId: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    seenAt: z.string(),
    settledAt: z.string().nullable(),
  })
  .openapi('PaymentDifference')

const differences = defineRoute({
  method: 'get',
  path: '/api/admin/payments/differences',
  owner: 'operator',
  summary: 'What does not add up between Telegram and the books, newest first',
  request: {
    query: z.object({
      settled: z.enum(['true', 'false']).default('false'),
      before: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    }),
  },
  responses: {
    200: jsonAnswer(z.object({ differences: z.array(differenceSchema), hasMore: z.boolean() }), 'A page'),
  },
})

const settle = defineRoute({
  method: 'post',
  path: '/api/admin/payments/differences/{id}/settle',
  owner: 'operator',
  summary: 'Say that a difference has been looked at',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: jsonAnswer(z.object({ differenceId: z.string() }), 'Settled') },
})

const refund = defineRoute({
  method: 'post',
  path: '/api/admin/payments/{chargeId}/refund',
  owner: 'operator',
  summary: 'Give the Stars of a charge back, and take back what it brought; may be repeated',
  request: { params: z.object({ chargeId: z.string() }), body: jsonBody(z.strictObject({ reason: reasonSchema })) },
  responses: { 200: jsonAnswer(z.object({ chargeId: z.string(), refunded: z.literal(true) }), 'Given back') },
})

const release = defineRoute({
  method: 'post',
  path: '/api/admin/users/{id}/payments-release',
  owner: 'operator',
  summary: 'Take payments again from a user who refunded again and again',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: jsonAnswer(z.object({ userId: z.string() }), 'Released') },
})

/** What operators see of payments and do about them. */
export function paymentRoutes(app: App, { db, payments }: AdminDeps & { payments: Payments }): void {
  app.openapi(differences, async (c) => {
    const { settled, before = null, limit } = c.req.valid('query')
    if (before !== null && !isUuid(before)) throw new Problem(422, 'invalid_input', { fields: { before: 'no id' } })
    const found = await listDifferences(db, { settled: settled === 'true', before, limit })
    return c.json({ differences: found.slice(0, limit), hasMore: found.length > limit }, 200)
  })

  app.openapi(settle, async (c) => {
    const differenceId = knownId(c.req.valid('param').id)
    await inTransaction(db, async (tx) => {
      if (!(await settleDifference(tx, differenceId))) throw new Problem(404, 'not_found')
      const userId = c.var.caller.userId
      await recordAudit(tx, { kind: 'payment_difference_settled', userId, details: { differenceId } })
    })
    return c.json({ differenceId }, 200)
  })

  app.openapi(refund, async (c) => {
    const { chargeId } = c.req.valid('param')
    if (chargeId.length > CHARGE_ID_MAX_LENGTH) throw new Problem(404, 'not_found')
    const { reason } = c.req.valid('json')
    refuseUndone(await payments.refundCharge({ chargeId, operatorId: c.var.caller.userId, reason }))
    return c.json({ chargeId, refunded: true as const }, 200)
  })

  app.openapi(release, async (c) => {
    const userId = knownId(c.req.valid('param').id)
    const operatorId = c.var.caller.userId
    const released = await inTransaction(db, (tx) => releasePayments(tx, { userId, operatorId }))
    if (!released) throw new Problem(404, 'not_found')
    return c.json({ userId }, 200)
  })
}

/** @throws Problem 404, 409, 503 */
function refuseUndone(outcome: RefundOutcome): void {
  if (outcome === 'absent') throw new Problem(404, 'not_found')
  if (outcome === 'refused') throw new Problem(409, 'telegram_refused')
  if (outcome === 'telegram_away') {
    throw new Problem(503, 'telegram_unavailable', { headers: { 'Retry-After': String(AWAY_RETRY_SECONDS) } })
  }
}
