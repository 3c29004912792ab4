import { z } from '@hono/zod-openapi'
import { cancelTurn, reportReply, retryTurn } from '#domain/replies'
import { type App, defineRoute, jsonAnswer, knownId, Problem } from '#edges/http'
import { dailyCapReached, insufficientCredits } from '../money/unpaid.ts'
import { countMessage } from './count-message.ts'
import { laneFull } from './lane-full.ts'
import { idParam } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const heard = jsonAnswer(z.object({ turnId: z.string() }), 'Heard')

const deed = { request: { params: idParam }, responses: { 202: heard } }

const cancel = defineRoute({
  ...deed,
  method: 'post',
  path: '/api/turns/{id}/cancel',
  owner: 'user',
  summary: 'Stop this reply',
})
const retry = defineRoute({
  ...deed,
  method: 'post',
  path: '/api/turns/{id}/retry',
  owner: 'user',
  summary: 'Ask this question again',
})
const report = defineRoute({
  ...deed,
  method: 'post',
  path: '/api/turns/{id}/report',
  owner: 'user',
  summary: 'This reply was bad or unsafe',
})

export function turnRoutes(app: App, { settle, payments, limits }: TalkDeps): void {
  app.openapi(cancel, async (c) => {
    const turnId = knownId(c.req.valid('param').id)
    if (!(await cancelTurn(settle, c.var.caller.userId, turnId))) throw new Problem(404, 'not_found')
    return c.json({ turnId }, 202)
  })

  app.openapi(retry, async (c) => {
    const turnId = knownId(c.req.valid('param').id)
    await countMessage(c, { limits })
    const outcome = await retryTurn(settle, c.var.caller.userId, turnId)
    if (outcome === 'absent') throw new Problem(404, 'not_found')
    if (outcome === 'adult_required') throw new Problem(403, 'adult_confirmation_required')
    if (outcome === 'not_retryable') throw new Problem(409, 'not_retryable')
    if (outcome === 'insufficient_credits') throw insufficientCredits(payments.offers, c.var.locale)
    if (outcome === 'daily_cap') throw dailyCapReached(payments.offers, c.var.locale)
    if (outcome === 'lane_full') throw laneFull()
    return c.json({ turnId }, 202)
  })

  app.openapi(report, async (c) => {
    const turnId = knownId(c.req.valid('param').id)
    if (!(await reportReply(settle.db, c.var.caller.userId, turnId))) throw new Problem(404, 'not_found')
    return c.json({ turnId }, 202)
  })
}
