import { z } from '@hono/zod-openapi'
import type { Me } from '#contract/api'
import { LOCALES } from '#contract/words'
import { activeConversation } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { isTimeZone, type KnownIdentity, listIdentities, readUser, updateUser } from '#domain/identity'
import { confirmAdult } from '#domain/replies'
import { type App, type AppContext, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import { userSchema } from '../sign-in/index.ts'
import { presentConversation } from './present-conversation.ts'
import { conversationSchema, creditsSchema, identitySchema } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const meSchema = z
  .object({
    user: userSchema,
    identities: z.array(identitySchema),
    credits: creditsSchema,
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
  summary: 'Change language or time zone, confirm 18+',
  request: {
    body: jsonBody(
      z.strictObject({
        locale: z.enum(LOCALES).optional(),
        timezone: z.string().refine(isTimeZone, 'not a time zone').optional(),
        adult: z.literal(true).optional(),
      }),
    ),
  },
  responses: { 200: jsonAnswer(meSchema, 'The user as it is now') },
})

export function meRoutes(app: App, deps: TalkDeps): void {
  app.openapi(read, async (c) => c.json(await readMe(c, deps), 200))

  app.openapi(change, async (c) => {
    const { locale, timezone, adult } = c.req.valid('json')
    const { userId } = c.var.caller
    if (adult) await confirmAdult(deps.settle, userId)
    await updateUser(deps.db, userId, { locale, timezone })
    return c.json(await readMe(c, deps), 200)
  })
}

async function readMe(c: AppContext, deps: TalkDeps): Promise<Me> {
  const { userId } = c.var.caller
  const [user, identities, booked, conversation] = await Promise.all([
    readUser(deps.db, userId),
    listIdentities(deps.db, userId),
    balanceOf(deps.db, userId),
    activeConversation(deps.db, userId),
  ])
  if (!user) throw new Problem(401, 'unauthorized')
  const shown = identities.map(({ id, channel, displayName, reachable }) => ({ id, channel, displayName, reachable }))
  c.set('locale', user.locale)
  return {
    user,
    identities: shown,
    credits: booked.available,
    conversation: conversation && presentConversation(deps.catalogue, conversation, user.locale),
    offers: { connectTelegram: offerTelegram(c, deps, identities) },
  }
}

/** What this user would gain by connecting Telegram, or null when it is connected. */
function offerTelegram(
  c: AppContext,
  { welcome }: TalkDeps,
  identities: KnownIdentity[],
): Me['offers']['connectTelegram'] {
  if (identities.some(({ channel }) => channel === 'telegram')) return null
  const say = (key: string, args?: Record<string, number>) => c.var.frame.texts.say(c.var.locale, key, args)
  const { basic, pro, cassandra } = welcome.telegram
  const gift = basic + pro + cassandra > 0 ? [say('connect-welcome-credits', { basic, pro, cassandra })] : []
  return { reasons: [say('connect-same-conversation'), ...gift, say('connect-keep-history')] }
}
