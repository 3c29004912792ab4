import { z } from '@hono/zod-openapi'
import type { Help, Me, User } from '#contract/api'
import { DAILY_CAP_MAX_CREDITS } from '#contract/limits'
import { CREDIT_TYPES, LEGAL_DOCUMENTS, type LegalDocument, LOCALES } from '#contract/words'
import { activeConversation } from '#domain/conversations'
import { balanceOf, lowTypes } from '#domain/credits'
import {
  historyBounds,
  isQuietHours,
  isTimeZone,
  type LegalVersions,
  listIdentities,
  readConsents,
  readDailyCap,
  readProactive,
  readUser,
  recordConsent,
} from '#domain/identity'
import { erasureOf } from '#domain/leaving'
import { changeUser } from '#domain/proactive'
import { confirmAdult } from '#domain/replies'
import { helpFor } from '#domain/safety'
import { type App, type AppContext, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import { inTransaction } from '#platform/postgres'
import { userSchema } from '../sign-in/index.ts'
import { connectReasons } from './connect-reasons.ts'
import { presentConversation } from './present-conversation.ts'
import { conversationSchema, creditsSchema, helpSchema, identitySchema } from './schemas.ts'
import type { TalkDeps } from './talk-routes.ts'

const version = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const agreementSchema = z.object({ version, accepted: version.nullable() })

const meSchema = z
  .object({
    user: userSchema.extend({
      proactive: z.object({ enabled: z.boolean(), chosen: z.boolean(), quietHours: z.string() }),
      dailyCap: z.int().nullable(),
      erasure: z.object({ dueAt: z.string() }).nullable(),
    }),
    identities: z.array(identitySchema),
    credits: creditsSchema,
    debt: creditsSchema,
    low: z.array(z.enum(CREDIT_TYPES)),
    legal: z.object({ terms: agreementSchema, privacy: agreementSchema }),
    conversation: conversationSchema.nullable(),
    help: helpSchema.nullable(),
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
  summary:
    'Change language, time zone, the limit of a day or when the companion may write first; confirm 18+, which agrees to the texts as they are; agree to new ones by their versions',
  request: {
    body: jsonBody(
      z.strictObject({
        locale: z.enum(LOCALES).optional(),
        timezone: z.string().refine(isTimeZone, 'not a time zone').optional(),
        adult: z.literal(true).optional(),
        accepts: z.strictObject({ terms: version.optional(), privacy: version.optional() }).optional(),
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
    const { locale, timezone, adult, accepts, proactive, dailyCap } = c.req.valid('json')
    const { userId } = c.var.caller
    const agreed = agreedVersions(deps.legal.versions, { adult, accepts })
    const consent = { userId, versions: agreed, interface: c.var.caller.interface }
    if (adult && !(await confirmAdult(deps.settle, userId, (tx) => recordConsent(tx, consent)))) {
      throw new Problem(403, 'minor_locked')
    }
    const { enabled: proactiveEnabled, quietHours } = proactive ?? {}
    const changes = { locale, timezone, proactiveEnabled, quietHours, dailyCap }
    await inTransaction(deps.db, async (tx) => {
      await changeUser(tx, userId, changes)
      if (!adult) await recordConsent(tx, consent)
    })
    return c.json(await readMe(c, deps), 200)
  })
}

/**
 * Who confirms 18+ agrees to the texts that the question leads to; whoever is asked later names the versions they saw.
 * @throws Problem 409 `text_outdated` when those are not the ones that hold
 */
function agreedVersions(
  present: LegalVersions,
  {
    adult,
    accepts = {},
  }: { adult?: true | undefined; accepts?: Partial<Record<LegalDocument, string | undefined>> | undefined },
): Partial<LegalVersions> {
  if (adult) return present
  const given = LEGAL_DOCUMENTS.filter((document) => accepts[document] !== undefined)
  if (given.some((document) => accepts[document] !== present[document])) throw new Problem(409, 'text_outdated')
  return Object.fromEntries(given.map((document) => [document, present[document]]))
}

async function readMe(c: AppContext, deps: TalkDeps): Promise<Me> {
  const { userId } = c.var.caller
  const [user, proactive, dailyCap, identities, booked, low, conversation, consents, erasure] = await Promise.all([
    readUser(deps.db, userId),
    readProactive(deps.db, userId),
    readDailyCap(deps.db, userId),
    listIdentities(deps.db, userId),
    balanceOf(deps.db, userId),
    lowTypes(deps.db, userId),
    activeConversation(deps.db, userId),
    readConsents(deps.db, userId),
    erasureOf(deps.db, userId),
  ])
  if (!user) throw new Problem(401, 'unauthorized')
  c.set('locale', user.locale)
  const linked = identities.some(({ channel }) => channel === 'telegram')
  const agreementOn = (document: LegalDocument) => {
    return { version: deps.legal.versions[document], accepted: consents[document] ?? null }
  }
  return {
    user: {
      ...user,
      proactive: {
        enabled: proactive.enabled ?? false,
        chosen: proactive.enabled !== null,
        quietHours: proactive.quietHours ?? deps.quietHours,
      },
      dailyCap,
      erasure,
    },
    identities: identities.map(({ id, channel, provider, displayName, reachable }) => {
      return { id, channel, provider, displayName, reachable }
    }),
    credits: booked.available,
    debt: booked.debt,
    low,
    legal: { terms: agreementOn('terms'), privacy: agreementOn('privacy') },
    conversation: conversation && presentConversation(deps.catalogue, conversation, user.locale),
    help: helpOf(user),
    offers: { connectTelegram: linked ? null : { reasons: await reasonsFor(c, deps, userId, identities.length) } },
  }
}

function helpOf({ minorLockedAt, locale, timezone }: User): Help | null {
  if (minorLockedAt === null) return null
  const { emergency, lines } = helpFor({ locale, timezone, topic: 'self_harm' })
  return { emergency, lines: lines.map(({ name, contact, hours }) => ({ name, contact, hours })) }
}

/** The history is dense: its bounds say how long it is. */
async function reasonsFor(c: AppContext, { db, welcome }: TalkDeps, userId: string, logins: number): Promise<string[]> {
  const bounds = (await historyBounds(db, [userId])).get(userId)
  const messages = bounds ? bounds.lastSeq - bounds.seqBase + 1 : 0
  return connectReasons(c.var.frame.texts, c.var.locale, { messages, logins, gift: welcome.telegram })
}
