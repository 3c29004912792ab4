import { z } from '@hono/zod-openapi'
import type { AttemptRecord, DeliveryRecord } from '#domain/delivery'

const REASON_MAX_LENGTH = 500

/** Why an operator did something, in their own words. */
export const reasonSchema = z.string().trim().min(1).max(REASON_MAX_LENGTH)

/** A delivery to operators: `refunded` when the turn that it answers was paid back. */
export interface ShownDelivery extends DeliveryRecord {
  refunded: boolean
}

export const deliverySchema: z.ZodType<ShownDelivery> = z
  .object({
    id: z.string(),
    userId: z.string(),
    channel: z.enum(['telegram', 'web']),
    interface: z.enum(['bot', 'webapp', 'browser']),
    purpose: z.enum(['reply', 'notice', 'opening', 'proactive']),
    state: z.enum(['pending', 'sending', 'sent', 'failed', 'unknown']),
    attempts: z.int(),
    lastError: z.string().nullable(),
    messageId: z.string().nullable(),
    turnId: z.string().nullable(),
    notice: z.string().nullable(),
    part: z.int(),
    createdAt: z.string(),
    owedAt: z.string(),
    finishedAt: z.string().nullable(),
    refunded: z.boolean(),
  })
  .openapi('Delivery')

export const attemptSchema: z.ZodType<AttemptRecord> = z
  .object({
    attempt: z.int(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    outcome: z.string().nullable(),
    error: z.string().nullable(),
  })
  .openapi('DeliveryAttempt')
