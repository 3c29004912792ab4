import type { MiddlewareHandler } from 'hono'
import type { Log } from '#platform/log'
import type { AppEnv } from './app-env.ts'

/** One answered request, by the pattern of its route: never by path, address or person. */
export interface AnsweredRequest {
  method: string
  route: string
  status: number
  durationMs: number
}

/** Methods we serve; anything else a client makes up would be a new label each time. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'])
/** Read too often, by machines, to be worth a line each. */
const QUIET_ROUTES = new Set(['/healthz', '/readyz', '/metrics', 'page'])

export function observeRequests(measure: (request: AnsweredRequest) => void, log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedMs = performance.now()
    await next()
    const { route, requestId } = c.var
    const request = {
      method: METHODS.has(c.req.method) ? c.req.method : 'OTHER',
      route,
      status: c.res.status,
      durationMs: Math.round((performance.now() - startedMs) * 10) / 10,
    }
    measure(request)
    log[QUIET_ROUTES.has(route) ? 'debug' : 'info']('http.request', { ...request, requestId })
  }
}
