import { z } from '@hono/zod-openapi'
import type { OpenedOrder } from '#domain/payments'
import { type App, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import type { MoneyDeps } from './money-routes.ts'
import { presentOffers } from './present-offers.ts'
import { offerSchema } from './schemas.ts'

const OFFER_ID_MAX_LENGTH = 64

const list = defineRoute({
  method: 'get',
  path: '/api/offers',
  owner: 'user',
  summary: 'What can be bought with Telegram Stars',
  responses: { 200: jsonAnswer(z.object({ offers: z.array(offerSchema) }), 'In the order of the house') },
})

const buy = defineRoute({
  method: 'post',
  path: '/api/payments/invoices',
  owner: 'user',
  summary: 'An invoice for one offer, to be paid by this user in Telegram alone',
  request: { body: jsonBody(z.strictObject({ offerId: z.string().max(OFFER_ID_MAX_LENGTH) })) },
  responses: { 201: jsonAnswer(z.object({ invoiceUrl: z.string() }), 'The invoice') },
})

export function offerRoutes(app: App, { payments, limits }: MoneyDeps): void {
  app.openapi(list, (c) => c.json({ offers: presentOffers(payments.offers, c.var.locale) }, 200))

  app.openapi(buy, async (c) => {
    const { userId } = c.var.caller
    await limits.take('invoicePerUser', userId)
    const opened = await payments.openOrder({ userId, offerId: c.req.valid('json').offerId })
    if ('refused' in opened) throw refusal(opened.refused)
    return c.json({ invoiceUrl: opened.invoiceUrl }, 201)
  })
}

function refusal(refused: Extract<OpenedOrder, { refused: string }>['refused']): Problem {
  switch (refused) {
    case 'unknown_offer':
      return new Problem(404, 'offer_unknown')
    case 'telegram_away':
      return new Problem(503, 'telegram_unavailable')
    default:
      return new Problem(409, refused)
  }
}
