import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { Problem } from './problem.ts'

/** `.` or `..` as a whole segment, also written with escapes, and the sign that some servers take for a slash. */
const ODD_PATH = /(^|[/\\])(\.|%2e){1,2}([/\\]|$)|\\|%5c/i

/**
 * Browsers and honest clients send paths without detours. One with them means something else to a proxy that keeps
 * `/metrics` to itself than to us, who would follow them.
 */
export const refuseOddPath: MiddlewareHandler<AppEnv> = async (c, next) => {
  const [path = ''] = (c.env?.incoming?.url ?? '').split('?', 1)
  if (ODD_PATH.test(path)) throw new Problem(400, 'malformed')
  await next()
}
