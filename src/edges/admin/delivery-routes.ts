import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { recordAudit } from '#domain/audit'
import { type DeliveryRecord, findRecord, listDeliveries, readAttempts, sendAgain } from '#domain/delivery'
import { type Announce, refundedTurns } from '#domain/replies'
import { type App, defineRoute, jsonAnswer, knownId, Problem } from '#edges/http'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import { attemptSchema, deliverySchema, type ShownDelivery } from './schemas.ts'

const PAGE_MAX = 100
const PAGE_DEFAULT = 50

export interface AdminDeps {
  db: Kysely<Database>
  announce: Announce
}

const idParam = z.object({ id: z.string() })
const pageSchema = z.object({
  deliveries: z.array(deliverySchema),
  hasMore: z.boolean(),
  cursor: z.string().nullable(),
})

const list = defineRoute({
  method: 'get',
  path: '/api/admin/deliveries',
  owner: 'operator',
  summary: 'Deliveries that failed or may have come, newest first, or those under way, oldest first',
  request: {
    query: z.object({
      state: z.enum(['failed', 'unknown', 'open']).default('failed'),
      before: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    }),
  },
  responses: { 200: jsonAnswer(pageSchema, 'A page; `cursor` is what `before` takes for the next') },
})

const one = defineRoute({
  method: 'get',
  path: '/api/admin/deliveries/{id}',
  owner: 'operator',
  summary: 'One delivery with its attempts, oldest first',
  request: { params: idParam },
  responses: {
    200: jsonAnswer(z.object({ delivery: deliverySchema, attempts: z.array(attemptSchema) }), 'The delivery'),
  },
})

const again = defineRoute({
  method: 'post',
  path: '/api/admin/deliveries/{id}/send-again',
  owner: 'operator',
  summary: 'Send a failed or unknown delivery again; what was paid back stays paid back',
  request: { params: idParam },
  responses: { 202: jsonAnswer(z.object({ deliveryId: z.string() }), 'Owed again') },
})

/** What operators see of deliveries and do about them. */
export function deliveryRoutes(app: App, { db, announce }: AdminDeps): void {
  app.openapi(list, async (c) => {
    const { state, before, limit } = c.req.valid('query')
    const page = await listDeliveries(db, { shelf: state, before: before ?? null, limit })
    if (!page) throw new Problem(422, 'invalid_input', { fields: { before: 'no cursor' } })
    const { deliveries, cursor } = page
    return c.json({ deliveries: await present(db, deliveries), hasMore: cursor !== null, cursor }, 200)
  })

  app.openapi(one, async (c) => {
    const id = knownId(c.req.valid('param').id)
    const record = await findRecord(db, id)
    const [delivery] = record ? await present(db, [record]) : []
    if (!delivery) throw new Problem(404, 'not_found')
    return c.json({ delivery, attempts: await readAttempts(db, id) }, 200)
  })

  app.openapi(again, async (c) => {
    const deliveryId = knownId(c.req.valid('param').id)
    await inTransaction(db, (tx) => sendAgainAudited(tx, c.var.caller.userId, deliveryId))
    announce.wakeDeliveries()
    return c.json({ deliveryId }, 202)
  })
}

async function present(db: Executor, records: DeliveryRecord[]): Promise<ShownDelivery[]> {
  const refunded = await refundedTurns(
    db,
    records.flatMap(({ turnId }) => turnId ?? []),
  )
  return records.map((record) => ({ ...record, refunded: record.turnId !== null && refunded.has(record.turnId) }))
}

/** @throws Problem 404, 409; then nothing has changed */
async function sendAgainAudited(tx: Executor, operatorId: string, deliveryId: string): Promise<void> {
  const outcome = await sendAgain(tx, deliveryId)
  if (outcome === 'absent') throw new Problem(404, 'not_found')
  if (outcome === 'not_lost') throw new Problem(409, 'delivery_not_lost')
  if (outcome === 'unreachable') throw new Problem(409, 'chat_unreachable')
  await recordAudit(tx, { kind: 'delivery_sent_again', userId: operatorId, details: { deliveryId } })
}
