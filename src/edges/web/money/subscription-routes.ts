import { z } from '@hono/zod-openapi'
import type { RenewalChange } from '#domain/payments'
import { type App, type AppContext, defineRoute, jsonAnswer, Problem } from '#edges/http'
import type { MoneyDeps } from './money-routes.ts'
import { presentSubscription } from './present-offers.ts'
import { subscriptionSchema } from './schemas.ts'

const answer = { 200: jsonAnswer(z.object({ subscription: subscriptionSchema.nullable() }), 'As it is now') }

const read = defineRoute({
  method: 'get',
  path: '/api/subscription',
  owner: 'user',
  summary: 'The monthly subscription, null without one',
  responses: answer,
})

const stop = defineRoute({
  method: 'delete',
  path: '/api/subscription',
  owner: 'user',
  summary: 'No further month after the one that is paid; may be repeated',
  responses: answer,
})

const resume = defineRoute({
  method: 'post',
  path: '/api/subscription/resume',
  owner: 'user',
  summary: 'Allow the renewal again while what is paid lasts; Telegram says whether it goes on; may be repeated',
  responses: answer,
})

type Deed = 'cancelSubscription' | 'resumeSubscription'

export function subscriptionRoutes(app: App, deps: MoneyDeps): void {
  const { payments } = deps
  const now = async (c: AppContext) => {
    const found = await payments.subscriptionOf(c.var.caller.userId)
    return { subscription: found && presentSubscription(found, payments.offers, c.var.locale) }
  }
  const change = async (c: AppContext, deed: Deed) => {
    const { userId } = c.var.caller
    await deps.limits.take('invoicePerUser', userId)
    const outcome = await payments[deed](userId)
    if (outcome !== 'changed') throw refusal(deed, outcome)
    return now(c)
  }

  app.openapi(read, async (c) => c.json(await now(c), 200))
  app.openapi(stop, async (c) => c.json(await change(c, 'cancelSubscription'), 200))
  app.openapi(resume, async (c) => c.json(await change(c, 'resumeSubscription'), 200))
}

function refusal(deed: Deed, outcome: Exclude<RenewalChange, 'changed'>): Problem {
  if (outcome === 'absent') return new Problem(404, 'no_subscription')
  if (outcome === 'telegram_away') return new Problem(503, 'telegram_unavailable')
  // Whoever stopped it in Telegram itself takes it up there (Bot API editUserStarSubscription).
  return new Problem(409, deed === 'resumeSubscription' ? 'renewal_elsewhere' : 'telegram_refused')
}
