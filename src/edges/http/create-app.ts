import { OpenAPIHono } from '@hono/zod-openapi'
import type { SessionFinder } from '#domain/identity'
import { newId } from '#platform/ids'
import type { Log } from '#platform/log'
import type { Texts } from '#platform/texts'
import { answerError } from './answer-problem.ts'
import type { App, AppEnv, Frame } from './app-env.ts'
import type { Caller } from './caller.ts'
import { createAddressReader } from './client-address.ts'
import { describeInvalid } from './describe-invalid.ts'
import { type AnsweredRequest, observeRequests } from './observe-requests.ts'
import { openapiRoute } from './openapi-route.ts'
import { type Checks, operationsRoutes } from './operations-routes.ts'
import { pickLocale } from './pick-locale.ts'
import { Problem } from './problem.ts'
import { refuseLeakedProof } from './refuse-leaked-proof.ts'
import { refuseOddPath } from './refuse-odd-path.ts'
import { refuseOddRequest } from './refuse-odd-request.ts'
import { type RegisteredRoute, readRegisteredRoutes } from './registered-routes.ts'
import { createSecurityHeaders, setSecurityHeaders } from './security-headers.ts'
import { serveSite } from './serve-site.ts'
import { createSessionCookie } from './session-cookie.ts'
import type { Site } from './site.ts'

export interface AppDeps {
  /** `PUBLIC_URL`; https makes cookies `Secure` and `__Host-`. */
  publicUrl: string
  texts: Texts
  log: Log
  /** Told of every answered request. */
  measure?: (request: AnsweredRequest) => void
  findSession: SessionFinder
  isOperator(caller: Caller): Promise<boolean>
  checks: Checks
  /** Addresses whose `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[]
  /** Origins beside Telegram's own that may show the Mini App in a frame. */
  miniAppFrames?: readonly string[]
  /** What is shown under page paths; without it there are no pages. */
  site?: Site
}

/**
 * The HTTP frame: `addParts` registers the routes of the edges on it, each made by `defineRoute`.
 * @throws Error at once when a route has no owner rule
 */
export function createApp(deps: AppDeps, addParts: (app: App) => void): App {
  const publicUrl = new URL(deps.publicUrl)
  const https = publicUrl.protocol === 'https:'
  const headersFor = createSecurityHeaders({ https, miniAppFrames: deps.miniAppFrames ?? [] })
  const frame: Frame = {
    publicUrl,
    texts: deps.texts,
    log: deps.log,
    headersFor,
    cookie: createSessionCookie({ secure: https }),
    findSession: deps.findSession,
    isOperator: deps.isOperator,
  }
  const addressOf = createAddressReader(deps.trustedProxies ?? [])
  const app: App = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new Problem(422, 'invalid_input', { fields: describeInvalid(result.error) })
    },
  })
  app.onError(answerError)
  app.use('*', async (c, next) => {
    c.set('frame', frame)
    c.set('requestId', newId())
    c.set('route', 'none')
    c.set('locale', pickLocale(c.req.header('accept-language')))
    c.set('clientAddress', addressOf(c))
    await next()
  })
  app.use('*', observeRequests(deps.measure ?? (() => {}), deps.log))
  app.use('*', setSecurityHeaders(headersFor))
  app.use('*', refuseOddRequest)
  app.use('*', refuseOddPath)
  app.use('*', refuseLeakedProof)

  operationsRoutes(app, deps.checks)
  addParts(app)
  openapiRoute(app)
  const routes = readRegisteredRoutes(app)
  if (deps.site) serveSite(app, deps.site)
  refuseUnknown(app, routes)
  return app
}

function refuseUnknown(app: App, routes: readonly RegisteredRoute[]): void {
  app.notFound((c) => {
    const methods = routes.filter((route) => route.matches(c.req.path)).map((route) => route.method)
    if (methods.length === 0 || methods.includes(c.req.method)) return answerError(new Problem(404, 'not_found'), c)
    return answerError(new Problem(405, 'method_not_allowed', { headers: { Allow: methods.join(', ') } }), c)
  })
}
