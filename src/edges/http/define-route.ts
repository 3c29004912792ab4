import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { AppContext, AppEnv } from './app-env.ts'
import { Problem } from './problem.ts'
import { expectJson } from './read-body.ts'
import { recogniseCaller } from './recognise-caller.ts'
import { refuseCrossSite } from './same-origin.ts'

const BODY_DEFAULT_MAX_BYTES = 16_384

/** Whose route it is: everybody's, the caller's own, or the operators'. */
export type Owner = 'public' | 'user' | 'operator'

type RouteDescription = Omit<RouteConfig, 'middleware' | 'hide'> & {
  owner: Owner
  maxBodyBytes?: number
}

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    offers: z.array(z.looseObject({ id: z.string() })).optional(),
  })
  .openapi('Problem')

/**
 * One route of the API with its owner rule, for `app.openapi(route, handler)`. Who asks, where the request comes from
 * and the size and type of the body are settled before the handler and its schemas see anything.
 */
export function defineRoute<const Path extends string, const Route extends RouteDescription & { path: Path }>(
  description: Route,
): Route & { getRoutingPath(): string } {
  const { owner, maxBodyBytes = BODY_DEFAULT_MAX_BYTES, ...config } = description
  const middleware = [enforceOwner(owner, config.path)]
  if (config.request?.body) middleware.push(...expectJson(maxBodyBytes))
  const route = createRoute({
    ...config,
    responses: { default: { description: 'Problem', content: problemContent }, ...config.responses },
    'x-owner': owner,
    middleware,
  })
  // The middleware changes nothing about the types that the handler sees.
  return route as unknown as Route & { getRoutingPath(): string }
}

const problemContent = { 'application/problem+json': { schema: problemSchema } }

/** A JSON request body; schemas should be strict objects, so that unknown fields are refused. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const
}

/** A JSON answer. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } } as const
}

function enforceOwner(owner: Owner, path: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.set('route', path)
    if (owner !== 'public') {
      const caller = await recogniseCaller(c)
      if (!caller) throw owner === 'user' ? new Problem(401, 'unauthorized') : new Problem(404, 'not_found')
      if (owner === 'operator' && !(await c.var.frame.isOperator(caller))) throw new Problem(404, 'not_found')
      c.set('caller', caller)
      c.set('locale', caller.locale)
    }
    refuseCrossSite(c)
    await next()
    await refreshCookie(c)
  }
}

/** A handler that sets or clears a cookie has the last word, and an answer whose headers are gone carries none. */
async function refreshCookie(c: AppContext): Promise<void> {
  if (c.res.headers.has('set-cookie') || c.env?.outgoing?.headersSent) return
  const token = (await newSecret(c)) ?? c.var.renewedToken
  if (token) c.var.frame.cookie.write(c, token)
}

/** What the request did is done whether this works or not; the next request tries again. */
async function newSecret({ var: { changeSecret, frame, requestId } }: AppContext): Promise<string | null> {
  try {
    return (await changeSecret?.()) ?? null
  } catch (error) {
    frame.log.warn('session.secret_kept', { requestId, error })
    return null
  }
}
