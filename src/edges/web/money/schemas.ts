import { z } from '@hono/zod-openapi'
import type { LedgerEntry, Offer, Receipt, Subscription } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'

const creditType = z.enum(CREDIT_TYPES)

export const entrySchema: z.ZodType<LedgerEntry> = z
  .object({
    id: z.string(),
    type: creditType,
    amount: z.int(),
    debt: z.int(),
    reason: z.string(),
    turnId: z.string().nullable(),
    messageId: z.string().nullable(),
    persona: z.object({ id: z.string(), name: z.string() }).nullable(),
    createdAt: z.string(),
  })
  .openapi('LedgerEntry')

export const receiptSchema: z.ZodType<Receipt> = z
  .object({
    turnId: z.string(),
    type: creditType,
    amount: z.int(),
    state: z.enum(['held', 'paid', 'released', 'refunded']),
    at: z.string(),
  })
  .openapi('Receipt')

const kind = z.enum(['pack', 'subscription'])
const amount = z.int().optional()

export const offerSchema = z
  .object({
    id: z.string(),
    kind,
    title: z.string(),
    description: z.string(),
    stars: z.int(),
    credits: z.object({ basic: amount, pro: amount, cassandra: amount }),
  })
  .openapi('Offer') satisfies z.ZodType<Offer>

export const subscriptionSchema: z.ZodType<Subscription> = z
  .object({
    offerId: z.string(),
    title: z.string(),
    stars: z.int(),
    state: z.enum(['active', 'canceled', 'reopened', 'failed']),
    expiresAt: z.string(),
  })
  .openapi('Subscription')
