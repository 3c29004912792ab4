import { z } from '@hono/zod-openapi'
import type { LinkConfirmed, LinkPreview, UndoPreview } from '#contract/api'

const credits = z.object({ basic: z.int(), pro: z.int(), cassandra: z.int() })
const telegram = z.object({ displayName: z.string(), username: z.string().nullable() })
const web = z.object({ email: z.string().nullable(), provider: z.string().nullable(), displayName: z.string() })

export const linkPreviewSchema: z.ZodType<LinkPreview> = z
  .object({
    telegram,
    web,
    logins: z.array(z.object({ provider: z.string(), displayName: z.string() })),
    moves: z.object({ messages: z.int(), credits }),
    origin: z.enum(['bot', 'web']),
    codeRequired: z.boolean(),
    fresh: z.boolean(),
  })
  .openapi('LinkPreview')

export const linkConfirmedSchema: z.ZodType<LinkConfirmed> = z
  .union([
    z.object({ status: z.literal('linked') }),
    z.object({ status: z.literal('code_required'), code: z.string(), expiresAt: z.string() }),
  ])
  .openapi('LinkConfirmed')

export const undoPreviewSchema: z.ZodType<UndoPreview> = z
  .object({
    until: z.string(),
    telegram,
    web,
    back: z.object({ messages: z.int(), credits }),
    stays: z.object({ messages: z.int() }),
    proven: z.object({ telegram: z.boolean(), web: z.boolean() }),
    eitherWillDo: z.boolean(),
  })
  .openapi('UndoPreview')
