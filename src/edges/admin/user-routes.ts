import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { recordAudit } from '#domain/audit'
import { lookUpUser, type UserQuery } from '#domain/readings'
import { type App, defineRoute, jsonAnswer, knownId, Problem } from '#edges/http'
import type { Database } from '#platform/postgres'

const ADDRESS_MAX_LENGTH = 254

const date = z.string().nullable()
const credits = z.object({ basic: z.int(), pro: z.int(), cassandra: z.int() })
const userSchema = z
  .object({
    id: z.string(),
    locale: z.string(),
    createdAt: z.string(),
    spokeAt: date,
    lastSeenAt: date,
    adultConfirmedAt: date,
    minorLockedAt: date,
    erasedAt: date,
    proactiveEnabled: z.boolean().nullable(),
    linesCount: z.int(),
    conversations: z.int(),
    activePersonaId: z.string().nullable(),
    openTurns: z.int(),
    reports: z.int(),
    openSessions: z.int(),
    logins: z.array(
      z.object({ id: z.string(), provider: z.string(), reachability: z.string(), createdAt: z.string() }),
    ),
    credits: z.object({ available: credits, held: credits, debt: credits }),
  })
  .openapi('UserFigures')

const find = defineRoute({
  method: 'get',
  path: '/api/admin/users',
  owner: 'operator',
  summary: 'One user in figures, by id, Telegram id or address: no names, no addresses, no texts; audited',
  request: {
    query: z.object({
      id: z.string().optional(),
      telegramId: z
        .string()
        .regex(/^\d{1,16}$/)
        .optional(),
      email: z.string().max(ADDRESS_MAX_LENGTH).optional(),
    }),
  },
  responses: { 200: jsonAnswer(z.object({ user: userSchema }), 'The user') },
})

/** What operators see of a user. */
export function userRoutes(app: App, { db }: { db: Kysely<Database> }): void {
  app.openapi(find, async (c) => {
    const user = await lookUpUser(db, queryOf(c.req.valid('query')))
    if (!user) throw new Problem(404, 'not_found')
    await recordAudit(db, { kind: 'user_looked_up', userId: c.var.caller.userId, details: { of: user.id } })
    const { createdAt, spokeAt, lastSeenAt, adultConfirmedAt, minorLockedAt, erasedAt, ...rest } = user
    const dates = { spokeAt, lastSeenAt, adultConfirmedAt, minorLockedAt, erasedAt }
    const written = Object.fromEntries(Object.entries(dates).map(([name, at]) => [name, at?.toISOString() ?? null]))
    return c.json(
      {
        user: {
          ...rest,
          ...(written as Record<keyof typeof dates, string | null>),
          createdAt: createdAt.toISOString(),
        },
      },
      200,
    )
  })
}

/** Exactly one way of naming somebody. @throws Problem 404, 422 */
function queryOf({
  id,
  telegramId,
  email,
}: {
  id?: string | undefined
  telegramId?: string | undefined
  email?: string | undefined
}): UserQuery {
  const given = [id, telegramId, email].filter((one) => one !== undefined)
  if (given.length !== 1) throw new Problem(422, 'invalid_input', { fields: { id: 'one of id, telegramId, email' } })
  if (id !== undefined) return { id: knownId(id) }
  return telegramId !== undefined ? { telegramId } : { email: email ?? '' }
}
