import { z } from '@hono/zod-openapi'
import { LOCALES } from '#contract/words'
import type { MustConfirm, SignedIn } from './settle-sign-in.ts'

export const ADDRESS_MAX_LENGTH = 320
const CODE_MAX_LENGTH = 32
const INIT_DATA_MAX_LENGTH = 8_192
const WIDGET_VALUE_MAX_LENGTH = 1_024

/** An address and the code that was mailed to it. */
export const emailProofSchema = z.strictObject({
  email: z.string().max(ADDRESS_MAX_LENGTH),
  code: z.string().max(CODE_MAX_LENGTH),
})

/** What Telegram hands to the Mini App, as one string. */
export const initDataSchema = z.strictObject({ initData: z.string().max(INIT_DATA_MAX_LENGTH) })

const widgetText = z.string().max(WIDGET_VALUE_MAX_LENGTH)

/** What the Login Widget hands to the page: strings, or numbers where a page passed its object on. */
export const widgetSchema = z
  .object({ id: z.union([widgetText, z.int()]).optional(), auth_date: z.union([widgetText, z.int()]).optional() })
  .catchall(widgetText)

/** `User` of the contract. */
export const userSchema = z
  .object({
    id: z.string(),
    displayName: z.string(),
    locale: z.enum(LOCALES),
    timezone: z.string().nullable(),
    adultConfirmedAt: z.string().nullable(),
    minorLockedAt: z.string().nullable(),
  })
  .openapi('User')

/** Signed in, or, for somebody signed in already, a token with which to confirm that two users become one. */
export const signedInSchema = z.union([
  z.object({ user: userSchema }),
  z.object({ status: z.literal('confirm_required'), token: z.string() }),
])

export function presentSignIn(settled: SignedIn | MustConfirm): z.infer<typeof signedInSchema> {
  return 'confirm' in settled ? { status: 'confirm_required', token: settled.confirm } : { user: settled.user }
}
