import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { z } from '@hono/zod-openapi'
import { type App, defineRoute, headersForRawAnswer, Problem } from '#edges/http'
import { pageOf } from '../page-place.ts'
import { STREAM_HEADERS } from './event-stream.ts'
import type { EventStreams } from './event-streams.ts'

const route = defineRoute({
  method: 'get',
  path: '/api/events',
  owner: 'user',
  summary: 'What happens, as it happens: server-sent events, resumed by Last-Event-ID',
  request: { query: z.object({ lastEventId: z.string().optional() }) },
  responses: { 200: { description: 'text/event-stream' } },
})

/** The stream is written to the socket itself: a framework's helper costs twice the memory and time (libraries.md). */
export function streamRoute(app: App, streams: EventStreams): void {
  app.openapi(route, async (c) => {
    // The router answers HEAD as GET without a body: a stream that never says anything would only take a seat.
    if (c.req.method === 'HEAD') return c.body(null, 200, STREAM_HEADERS)
    const { outgoing } = c.env
    if (!outgoing) throw new Problem(503, 'unavailable')
    const lastEventId = c.req.header('last-event-id') ?? c.req.valid('query').lastEventId ?? null
    await streams.open({
      caller: c.var.caller,
      page: pageOf(c),
      lastEventId,
      response: outgoing as never,
      headers: headersForRawAnswer(c),
    })
    return RESPONSE_ALREADY_SENT
  })
}
