import { z } from '@hono/zod-openapi'
import { LOCALES } from '#contract/words'

/** `User` of the contract. */
export const userSchema = z
  .object({
    id: z.string(),
    displayName: z.string(),
    locale: z.enum(LOCALES),
    timezone: z.string().nullable(),
    adultConfirmedAt: z.string().nullable(),
  })
  .openapi('User')

export const signedInSchema = z.object({ user: userSchema })
