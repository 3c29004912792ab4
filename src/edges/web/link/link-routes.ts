import { z } from '@hono/zod-openapi'
import type { LinkConfirmed } from '#contract/api'
import { confirmLink, type LinkRefusal, type LinkVisitor, previewLink } from '#domain/linking'
import { type App, type AppContext, addressGroup, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import type { SignInDeps } from '../sign-in/index.ts'
import { linkConfirmedSchema, linkPreviewSchema } from './schemas.ts'

const TOKEN_MAX_LENGTH = 256

const tokenBody = jsonBody(z.strictObject({ token: z.string().max(TOKEN_MAX_LENGTH) }))

const preview = defineRoute({
  method: 'post',
  path: '/api/link/preview',
  owner: 'user',
  summary: 'Both sides of a link, and what would move; changes nothing',
  request: { body: tokenBody },
  responses: { 200: jsonAnswer(linkPreviewSchema, 'What confirming would do') },
})

const confirm = defineRoute({
  method: 'post',
  path: '/api/link/confirm',
  owner: 'user',
  summary: 'Join the two, or get the code that must be sent to the bot',
  request: { body: tokenBody },
  responses: { 200: jsonAnswer(linkConfirmedSchema, 'Joined, or one step more') },
})

/** The link of /link, and the one that a sign-in answers with for somebody signed in already. */
export function linkRoutes(app: App, deps: SignInDeps): void {
  const { db, vault, linking } = deps

  app.openapi(preview, async (c) => {
    const { token } = c.req.valid('json')
    const found = await previewLink({ db, parts: linking.parts }, token, visitorOf(c))
    if ('refused' in found) throw await refuse(c, deps, found.refused)
    return c.json(withLabel(deps, found.preview), 200)
  })

  app.openapi(confirm, async (c) => {
    const { token } = c.req.valid('json')
    await deps.limits.take('linkCodePerUser', c.var.caller.userId)
    const outcome = await confirmLink({ db, vault, parts: linking.parts }, token, visitorOf(c))
    if ('refused' in outcome) throw await refuse(c, deps, outcome.refused)
    if ('linked' in outcome) {
      await linking.news.linked(outcome.linked)
      return c.json({ status: 'linked' } satisfies LinkConfirmed, 200)
    }
    const { code, expiresAt, email, telegram } = outcome
    linking.news.asked({ email, telegram, locale: c.var.caller.locale })
    return c.json({ status: 'code_required', code, expiresAt: expiresAt.toISOString() } satisfies LinkConfirmed, 200)
  })
}

function visitorOf(c: AppContext): LinkVisitor {
  const { userId, sessionId, fresh } = c.var.caller
  return { userId, sessionId, fresh }
}

/** People know a provider by its label. */
export function withLabel<Shown extends { web: { provider: string | null } }>(
  { providers }: Pick<SignInDeps, 'providers'>,
  shown: Shown,
): Shown {
  const { provider } = shown.web
  const label = providers.find(({ name }) => name === provider)?.label ?? provider
  return { ...shown, web: { ...shown.web, provider: label } }
}

/** Guessing a secret is hopeless and is not to cost us anything: only unknown ones are counted. */
async function refuse(c: AppContext, { limits }: SignInDeps, why: LinkRefusal | 'not_fresh'): Promise<Problem> {
  switch (why) {
    case 'unknown':
      await limits.take('unknownLinkPerClient', addressGroup(c.var.clientAddress))
      return new Problem(404, 'not_found', { says: 'link_unknown' })
    case 'expired':
      return new Problem(410, 'expired', { says: 'link_expired' })
    case 'used':
    case 'superseded':
    case 'voided':
      return new Problem(410, why)
    case 'not_fresh':
      return new Problem(403, why)
    default:
      return new Problem(409, why)
  }
}
