import { z } from '@hono/zod-openapi'
import type { SentMessage } from '#contract/api'
import { HISTORY_PAGE_DEFAULT, HISTORY_PAGE_MAX, MESSAGE_TEXT_MAX_LENGTH } from '#contract/limits'
import { type Received, readAround, readHistory, readMessage } from '#domain/replies'
import { type App, type AppContext, defineRoute, isUuid, jsonAnswer, jsonBody, Problem } from '#edges/http'
import { dailyCapReached, insufficientCredits } from '../money/unpaid.ts'
import { pageOf, placeOf } from '../page-place.ts'
import { countMessage } from './count-message.ts'
import { laneFull } from './lane-full.ts'
import { messageSchema } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

/** 4096 UTF-16 units, each of which JSON may write as `\uXXXX`, and the frame around them. */
const BODY_MAX_BYTES = 32_768
const SOURCE = 'page'
/** Of what stands in an address as the id of a line, whatever it is. */
const ID_MAX_LENGTH = 100

const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const text = z
  .string()
  // The library's own `max` counts code points; Telegram and our limit count UTF-16 units.
  .refine((value) => value.length <= MESSAGE_TEXT_MAX_LENGTH, 'too long')
  .refine((value) => value.trim() !== '', 'empty')
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'not text')

const page = defineRoute({
  method: 'get',
  path: '/api/messages',
  owner: 'user',
  summary: 'A page of the history, ascending by seq; `at`: the lines around one, none where there is no such line',
  request: {
    query: z.object({
      before: seq.optional(),
      after: seq.optional(),
      at: z.string().max(ID_MAX_LENGTH).optional(),
      limit: z.coerce.number().int().min(1).max(HISTORY_PAGE_MAX).default(HISTORY_PAGE_DEFAULT),
    }),
  },
  responses: { 200: jsonAnswer(z.object({ messages: z.array(messageSchema), hasMore: z.boolean() }), 'A page') },
})

const send = defineRoute({
  method: 'post',
  path: '/api/messages',
  owner: 'user',
  maxBodyBytes: BODY_MAX_BYTES,
  summary: 'Say something; the reply comes to this interface',
  request: {
    headers: z.object({ 'idempotency-key': z.string().optional() }),
    body: jsonBody(z.strictObject({ text })),
  },
  responses: { 202: jsonAnswer(z.object({ message: messageSchema, turnId: z.string() }), 'Accepted') },
})

export function messageRoutes(app: App, deps: TalkDeps): void {
  app.openapi(page, async (c) => {
    const { at, ...where } = c.req.valid('query')
    const { userId } = c.var.caller
    if (at === undefined) return c.json(await readHistory(deps, userId, where), 200)
    const none = { messages: [], hasMore: false }
    return c.json(isUuid(at) ? await readAround(deps, userId, { id: at, limit: where.limit }) : none, 200)
  })

  app.openapi(send, async (c) => {
    const { userId, channel, interface: place } = c.var.caller
    const key = c.req.valid('header')['idempotency-key']
    if (!key || !isUuid(key)) throw new Problem(400, 'idempotency_key_required')
    await countMessage(c, deps)
    const received = await deps.receive({
      source: SOURCE,
      key: key.toLowerCase(),
      sender: { userId },
      channel,
      interface: place,
      contentType: 'text',
      text: c.req.valid('json').text,
      address: null,
      sentAt: null,
    })
    const answered = await answer(c, deps, received)
    deps.presence.wrote(userId, placeOf(place, pageOf(c)))
    deps.settle.announce.signal(userId, { kind: 'presence.changed' })
    return c.json(answered, 202)
  })
}

async function answer(c: AppContext, deps: TalkDeps, received: Received): Promise<SentMessage> {
  const { outcome, turnId } = received
  if (outcome === 'duplicate') c.header('Idempotency-Replayed', 'true')
  else if (outcome !== 'accepted') throw refusal(c, deps, outcome)
  const message =
    received.message ?? (received.messageId && (await readMessage(deps, received.userId, received.messageId)))
  if (!message || !turnId) throw new Problem(404, 'not_found')
  // The answer to a repeated request is the answer to the first: whatever became of the turn since is in the history.
  return { message: { ...message, turn: { id: turnId, state: 'queued' } }, turnId }
}

function refusal(c: AppContext, { payments }: TalkDeps, outcome: Received['outcome']): Problem {
  switch (outcome) {
    case 'mismatch':
      return new Problem(422, 'idempotency_mismatch')
    case 'no_conversation':
      return new Problem(409, 'no_active_conversation')
    case 'adult_required':
      return new Problem(403, 'adult_confirmation_required')
    case 'insufficient_credits':
      return insufficientCredits(payments.offers, c.var.locale)
    case 'daily_cap':
      return dailyCapReached(payments.offers, c.var.locale)
    case 'lane_full':
      return laneFull()
    default:
      return new Problem(401, 'unauthorized')
  }
}
