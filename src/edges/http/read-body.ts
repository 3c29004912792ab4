import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from './app-env.ts'
import { Problem } from './problem.ts'

const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i

/** Refuses a body that is too large, compressed, or not JSON, before anything of it is parsed. */
export function expectJson(maxBytes: number): MiddlewareHandler<AppEnv>[] {
  return [limitBody(maxBytes), requireJson]
}

/** @throws Problem 413 `too_large` */
export function limitBody(maxBytes: number): MiddlewareHandler<AppEnv> {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new Problem(413, 'too_large')
    },
  })
}

const requireJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const encoding = c.req.header('content-encoding')
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw new Problem(415, 'unsupported_encoding')
  if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) throw new Problem(400, 'malformed')
  await next()
}
