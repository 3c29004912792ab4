import { z } from '@hono/zod-openapi'
import { recordAudit } from '#domain/audit'
import { lockUser, removeIdentity } from '#domain/identity'
import { loginsOnTrial, supersedeLinksOf } from '#domain/linking'
import { announceForgotten, createAnnounce, forgetMessenger } from '#domain/replies'
import { type App, type AppContext, defineRoute, Problem } from '#edges/http'
import { type Executor, inTransaction } from '#platform/postgres'
import { clientHash } from './client-hash.ts'
import { announceEnd } from './settle-sign-in.ts'
import type { SignInDeps } from './sign-in-deps.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const REFUSALS = {
  absent: () => new Problem(404, 'not_found'),
  last_login: () => new Problem(409, 'last_login'),
  not_fresh: () => new Problem(403, 'not_fresh'),
}

const remove = defineRoute({
  method: 'delete',
  path: '/api/identities/{id}',
  owner: 'user',
  summary: 'Remove one of my logins; another one must have been proven in this session within five minutes',
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: 'Removed' } },
})

/** The ways into one's own user. They are added by signing in while signed in. */
export function loginRoutes(app: App, deps: SignInDeps): void {
  const announce = createAnnounce(deps.live)

  app.openapi(remove, async (c) => {
    const identityId = c.req.valid('param').id.toLowerCase()
    if (!UUID.test(identityId)) throw REFUSALS.absent()
    const { userId, endedSessionIds, cancelled } = await inTransaction(deps.db, (tx) =>
      removeOwn(tx, c, deps, identityId),
    )
    announceEnd(deps, userId, endedSessionIds)
    announceForgotten(announce, cancelled)
    return c.body(null, 204)
  })
}

/**
 * The login, the sessions that rest on it, links that were begun, and all that is still owed to its chat go in one
 * transaction, or nothing does.
 */
async function removeOwn(tx: Executor, c: AppContext, deps: SignInDeps, identityId: string) {
  const { caller } = c.var
  const user = await lockUser(tx, caller.userId)
  if (!user) throw REFUSALS.absent()
  const onTrial = await loginsOnTrial(tx, user.id)
  const removal = await removeIdentity(tx, { userId: user.id, sessionId: caller.sessionId, identityId, onTrial })
  if (removal.refused) throw REFUSALS[removal.refused]()
  const { removed, endedSessionIds } = removal
  await supersedeLinksOf(tx, [user.id])
  const chat = { userId: user.id, channel: removed.channel, address: removed.externalId }
  const cancelled = removed.channel === 'web' ? [] : await forgetMessenger(tx, chat)
  const details = { provider: removed.provider, identityId, sessions: endedSessionIds.length }
  await recordAudit(tx, { kind: 'login_removed', userId: user.id, details, client: clientHash(c, deps) })
  return { userId: user.id, endedSessionIds, cancelled }
}
