import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { Problem } from './problem.ts'

const API_PATHS = /^\/(api|auth)\//
const PROOF_NAMES = new Set(['initdata', 'tgwebappdata'])

/** Signed sign-in data in an address would end in logs and histories of others, so it is not taken from there. */
export const refuseLeakedProof: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (API_PATHS.test(c.req.path) && c.req.url.includes('?')) {
    for (const name of new URL(c.req.url).searchParams.keys()) {
      if (PROOF_NAMES.has(name.toLowerCase())) throw new Problem(400, 'malformed')
    }
  }
  await next()
}
