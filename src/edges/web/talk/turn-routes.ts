import { z } from '@hono/zod-openapi'
import { cancelTurn, reportReply, retryTurn } from '#domain/replies'
import { type App, defineRoute, jsonAnswer, knownId, Problem } from '#edges/http'
import { dailyCapReached, insufficientCredits } from '../money/unpaid.ts'
import { laneFull } from './lane-full.ts'
import { idParam } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const heard = jsonAnswer(z.object({ turnId: z.string() }), 'Heard')

const deed = (summary: string) =>
  ({ method: 'post', owner: 'user', summary, request: { params: idParam }, responses: { 202: heard } }) as const

const cancel = defineRoute({ ...deed('Stop this reply'), path: '/api/turns/{id}/cancel' })
const retry = defineRoute({ ...deed('Ask this question again'), path: '/api/turns/{id}/retry' })
const report = defineRoute({ ...deed('This reply was bad or unsafe'), path: '/api/turns/{id}/report' })

export function turnRoutes(app: App, { settle, payments }: TalkDeps): void {
  app.openapi(cancel, async (c) => {
    const turnId = knownId(c.req.valid('param').id)
    if (!(await cancelTurn(settle, c.var.caller.userId, turnId))) throw new Problem(404, 'not_found')
    return c.json({ turnId }, 202)
  })

  app.openapi(retry, async (c) => {
    const turnId = knownId(c.req.valid('param').id)
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
