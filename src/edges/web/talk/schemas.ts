import { z } from '@hono/zod-openapi'
import type { Conversation, Fact, Help, Identity, Message, Persona } from '#contract/api'

const creditType = z.enum(['basic', 'pro', 'cassandra'])
const channel = z.enum(['telegram', 'web'])

/** An id in a path: what is no UUID can be nobody's. */
export const idParam = z.object({ id: z.string() })

export const creditsSchema = z.object({ basic: z.int(), pro: z.int(), cassandra: z.int() }).openapi('Credits')

export const personaSchema: z.ZodType<Persona> = z
  .object({
    id: z.string(),
    name: z.string(),
    tagline: z.string(),
    description: z.string(),
    avatarUrl: z.string(),
    price: z.object({ type: creditType, amount: z.int() }),
    stories: z.array(z.object({ id: z.string(), title: z.string(), teaser: z.string() })),
  })
  .openapi('Persona')

export const conversationSchema: z.ZodType<Conversation> = z
  .object({
    id: z.string(),
    persona: z.object({ id: z.string(), name: z.string(), avatarUrl: z.string() }),
    story: z.object({ id: z.string(), title: z.string() }).nullable(),
    status: z.enum(['active', 'archived']),
    startedAt: z.string(),
    restorableUntil: z.string().nullable(),
  })
  .openapi('Conversation')

const turnSchema = z.object({
  id: z.string(),
  state: z.enum(['unpaid', 'queued', 'running', 'done', 'failed', 'cancelled']),
  code: z.string().optional(),
})

export const messageSchema: z.ZodType<Message> = z
  .object({
    id: z.string(),
    seq: z.int(),
    conversationId: z.string().nullable(),
    role: z.enum(['user', 'assistant', 'system']),
    channel,
    interface: z.enum(['bot', 'webapp', 'browser']),
    contentType: z.enum(['text', 'voice', 'photo', 'sticker', 'other']),
    text: z.string(),
    damaged: z.literal(true).optional(),
    createdAt: z.string(),
    turn: turnSchema.optional(),
    delivery: z.object({ status: z.enum(['pending', 'sending', 'sent', 'failed', 'unknown']) }).optional(),
  })
  .openapi('Message')

export const helpSchema: z.ZodType<Help> = z
  .object({
    emergency: z.string(),
    lines: z.array(z.object({ name: z.string(), contact: z.string(), hours: z.string() })),
  })
  .openapi('Help')

export const identitySchema: z.ZodType<Identity> = z
  .object({
    id: z.string(),
    channel,
    provider: z.string(),
    displayName: z.string(),
    reachable: z.boolean(),
  })
  .openapi('Identity')

export const factSchema: z.ZodType<Fact> = z
  .object({ id: z.string(), text: z.string(), messageId: z.string(), createdAt: z.string() })
  .openapi('Fact')
