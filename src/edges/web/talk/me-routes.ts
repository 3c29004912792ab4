import { z } from '@hono/zod-openapi'
import type { Me } from '#contract/api'
import { DAILY_CAP_MAX_CREDITS } from '#contract/limits'
import { CREDIT_TYPES, LOCALES } from '#contract/words'
import { activeConversation } from '#domain/conversations'
import { balanceOf, lowTypes } from '#domain/credits'
import {
  historyBounds,
  isQuietHours,
  isTimeZone,
  listIdentities,
  readDailyCap,
  readProactive,
  readUser,
} from '#domain/identity'
import { changeUser } from '#domain/proactive'
import { confirmAdult } from '#domain/replies'
import { type App, type AppContext, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import { inTransaction } from '#platform/postgres'
import { userSchema } from '../sign-in/index.ts'
import { connectReasons } from './connect-reasons.ts'
import { presentConversation } from './present-conversation.ts'
import { conversationSchema, creditsSchema, identitySchema } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const meSchema = z
  .object({
    user: userSchema.extend({
      proactive: z.object({ enabled: z.boolean(), chosen: z.boolean(), quietHours: z.string() }),
      dailyCap: z.int().nullable(),
    }),
    identities: z.array(identitySchema),
    credits: creditsSchema,
    debt: creditsSchema,
    low: z.array(z.enum(CREDIT_TYPES)),
    conversation: conversationSchema.nullable(),
    offers: z.object({ connectTelegram: z.object({ reasons: z.array(z.string()) }).nullable() }),
  })
  .openapi('Me')

const read = defineRoute({
  method: 'get',
  path: '/api/me',
  owner: 'user',
  summary: 'Who is signed in, with balance, active conversation and offers',
  responses: { 200: jsonAnswer(meSchema, 'The user') },
})

const change = defineRoute({
  method: 'patch',
  path: '/api/me',
  owner: 'user',
  summary: 'Change language, time zone, the limit of a day or when the companion may write first, confirm 18+',
  request: {
    body: jsonBody(
      z.strictObject({
        locale: z.enum(LOCALES).optional(),
        timezone: z.string().refine(isTimeZone, 'not a time zone').optional(),
        adult: z.literal(true).optional(),
        dailyCap: z.int().min(1).max(DAILY_CAP_MAX_CREDITS).nullable().optional(),
        proactive: z
          .strictObject({
            enabled: z.boolean().optional(),
            quietHours: z.string().refine(isQuietHours, 'not quiet hours').optional(),
          })
          .optional(),
      }),
    ),
  },
  responses: { 200: jsonAnswer(meSchema, 'The user as it is now') },
})

export function meRoutes(app: App, deps: TalkDeps): void {
  app.openapi(read, async (c) => c.json(await readMe(c, deps), 200))

  app.openapi(change, async (c) => {
    const { locale, timezone, adult, proactive, dailyCap } = c.req.valid('json')
    const { userId } = c.var.caller
    if (adult) await confirmAdult(deps.settle, userId)
    const { enabled: proactiveEnabled, quietHours } = proactive ?? {}
    const changes = { locale, timezone, proactiveEnabled, quietHours, dailyCap }
    await inTransaction(deps.db, (tx) => changeUser(tx, userId, changes))
    return c.json(await readMe(c, deps), 200)
  })
}

async function readMe(c: AppContext, deps: TalkDeps): Promise<Me> {
  const { userId } = c.var.caller
  const [user, proactive, dailyCap, identities, booked, low, conversation] = await Promise.all([
    readUser(deps.db, userId),
    readProactive(deps.db, userId),
    readDailyCap(deps.db, userId),
    listIdentities(deps.db, userId),
    balanceOf(deps.db, userId),
    lowTypes(deps.db, userId),
    activeConversation(deps.db, userId),
  ])
  if (!user) throw new Problem(401, 'unauthorized')
  c.set('locale', user.locale)
  const linked = identities.some(({ channel }) => channel === 'telegram')
  return {
    user: {
      ...user,
      proactive: {
        enabled: proactive.enabled ?? false,
        chosen: proactive.enabled !== null,
        quietHours: proactive.quietHours ?? deps.quietHours,
      },
      dailyCap,
    },
    identities: identities.map(({ id, channel, provider, displayName, reachable }) => {
      return { id, channel, provider, displayName, reachable }
    }),
    credits: booked.available,
    debt: booked.debt,
    low,
    conversation: conversation && presentConversation(deps.catalogue, conversation, user.locale),
    offers: { connectTelegram: linked ? null : { reasons: await reasonsFor(c, deps, userId, identities.length) } },
  }
}

/** The history is dense: its bounds say how long it is. */
async function reasonsFor(c: AppContext, { db, welcome }: TalkDeps, userId: string, logins: number): Promise<string[]> {
  const bounds = (await historyBounds(db, [userId])).get(userId)
  const messages = bounds ? bounds.lastSeq - bounds.seqBase + 1 : 0
  return connectReasons(c.var.frame.texts, c.var.locale, { messages, logins, gift: welcome.telegram })
}
