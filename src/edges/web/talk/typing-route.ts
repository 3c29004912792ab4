import { type App, defineRoute } from '#edges/http'
import { pageOf, placeOf } from '../page-place.ts'
import type { TalkDeps } from './talk-routes.ts'

const typing = defineRoute({
  method: 'post',
  path: '/api/typing',
  owner: 'user',
  summary: 'The person is writing here right now',
  responses: { 204: { description: 'Noted for a moment' } },
})

export function typingRoute(app: App, { presence, settle }: TalkDeps): void {
  app.openapi(typing, async (c) => {
    const { userId, interface: at } = c.var.caller
    presence.typing(userId, placeOf(at, pageOf(c)))
    settle.announce.signal(userId, { kind: 'presence.changed' })
    return c.body(null, 204)
  })
}
