import { z } from '@hono/zod-openapi'
import { MESSAGE_TEXT_MAX_LENGTH } from '#contract/limits'
import { LOCALES } from '#contract/words'
import type { Audience, CampaignState, CampaignTexts } from '#domain/proactive'

const PAGE_MAX = 100
const PAGE_DEFAULT = 50
/** Two years: whoever was silent for longer is for nobody's campaign. */
const INACTIVE_MAX_HOURS = 17_520
const PERSONA_ID_MAX_LENGTH = 64

/** A campaign to operators: the text is their own, and no name of anybody stands in it. */
export interface ShownCampaign {
  id: string
  state: CampaignState
  total: number
  sent: number
  skipped: number
  failed: number
  text: CampaignTexts
  audience: Audience
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

/** As long as one message of Telegram (Bot API sendMessage), and something to read in it. */
const textSchema = z
  .string()
  .max(MESSAGE_TEXT_MAX_LENGTH)
  .refine((text) => text.trim() !== '', 'empty')
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'not text')
const textsSchema = z.strictObject({ ru: textSchema, en: textSchema.optional() })
const audienceSchema = z.strictObject({
  inactiveForHours: z.number().min(0).max(INACTIVE_MAX_HOURS).optional(),
  locale: z.enum(LOCALES).optional(),
  personaId: z.string().max(PERSONA_ID_MAX_LENGTH).optional(),
})

export const newCampaignSchema = z.strictObject({ text: textsSchema, audience: audienceSchema.default({}) })

const campaignSchema: z.ZodType<ShownCampaign> = z
  .object({
    id: z.string(),
    state: z.enum(['draft', 'running', 'paused', 'cancelled', 'done']),
    total: z.int(),
    sent: z.int(),
    skipped: z.int(),
    failed: z.int(),
    text: z.object({ ru: z.string(), en: z.string().optional() }),
    audience: z.object({
      inactiveForHours: z.number().optional(),
      locale: z.enum(LOCALES).optional(),
      personaId: z.string().optional(),
    }),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .openapi('Campaign')

export const campaignAnswerSchema = z.object({ campaign: campaignSchema })
export const campaignPageSchema = z.object({ campaigns: z.array(campaignSchema), hasMore: z.boolean() })
export const campaignPageQuery = z.object({
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
})
export const idParam = z.object({ id: z.string() })
