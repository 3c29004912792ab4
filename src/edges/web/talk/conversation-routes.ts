import { z } from '@hono/zod-openapi'
import { listConversations } from '#domain/conversations'
import { beginConversation, restoreConversation } from '#domain/replies'
import { type App, defineRoute, jsonAnswer, jsonBody, knownId, Problem } from '#edges/http'
import { presentConversation } from './present-conversation.ts'
import { conversationSchema, idParam } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const LIST_MAX = 100
const SLUG_MAX_LENGTH = 64

const answer = jsonAnswer(z.object({ conversation: conversationSchema }), 'The active conversation')

const begin = defineRoute({
  method: 'post',
  path: '/api/conversations',
  owner: 'user',
  summary: 'Start a conversation; the active one is archived',
  request: {
    body: jsonBody(
      z.strictObject({
        personaId: z.string().min(1).max(SLUG_MAX_LENGTH),
        storyId: z.string().min(1).max(SLUG_MAX_LENGTH).optional(),
      }),
    ),
  },
  responses: { 201: answer },
})

const list = defineRoute({
  method: 'get',
  path: '/api/conversations',
  owner: 'user',
  summary: 'Conversations, newest first',
  responses: { 200: jsonAnswer(z.object({ conversations: z.array(conversationSchema) }), 'Conversations') },
})

const restore = defineRoute({
  method: 'post',
  path: '/api/conversations/{id}/restore',
  owner: 'user',
  summary: 'Bring an archived conversation back',
  request: { params: idParam },
  responses: { 200: answer },
})

export function conversationRoutes(app: App, deps: TalkDeps): void {
  const { catalogue } = deps

  app.openapi(begin, async (c) => {
    const { userId, interface: place } = c.var.caller
    const { personaId, storyId } = c.req.valid('json')
    await deps.limits.take('beginningPerUser', userId)
    const begun = await beginConversation(
      { ...deps.settle, catalogue },
      { userId, personaId, storyId, interface: place },
    )
    if ('absent' in begun && begun.absent === 'companions') throw new Problem(403, 'minor_locked')
    if ('absent' in begun) throw new Problem(404, begun.absent === 'user' ? 'not_found' : `${begun.absent}_unknown`)
    return c.json({ conversation: presentConversation(catalogue, begun.conversation, c.var.locale) }, 201)
  })

  app.openapi(list, async (c) => {
    const conversations = await listConversations(deps.db, c.var.caller.userId, LIST_MAX)
    return c.json({ conversations: conversations.map((one) => presentConversation(catalogue, one, c.var.locale)) }, 200)
  })

  app.openapi(restore, async (c) => {
    const id = knownId(c.req.valid('param').id)
    await deps.limits.take('beginningPerUser', c.var.caller.userId)
    const conversation = await restoreConversation(deps.settle, c.var.caller.userId, id)
    if (!conversation) throw new Problem(404, 'conversation_gone')
    return c.json({ conversation: presentConversation(catalogue, conversation, c.var.locale) }, 200)
  })
}
