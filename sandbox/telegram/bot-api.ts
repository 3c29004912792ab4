import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { type Ending, invoke } from './invoke.ts'
import { readParams } from './read-params.ts'
import { Refusal, refusalBody } from './refusal.ts'
import type { World } from './world.ts'

const TOKEN_SHAPE = /^[1-9]\d*:[\w-]+$/u
const FAULT_PAGE = '<html><body><h1>502 Bad Gateway</h1></body></html>'

type Env = { Bindings: HttpBindings }

/** The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>` (core.telegram.org/bots/api). */
export function botApiRoutes(world: World): Hono<Env> {
  const routes = new Hono<Env>()

  routes.on(['GET', 'POST'], '/:bot{bot[^/]*}/:method', async (c) => {
    try {
      checkToken(world, c.req.param('bot').slice('bot'.length))
      const params = await readParams(c.req)
      const ending = await invoke(world, c.req.param('method'), params, c.req.raw.signal)
      return answer(c, ending)
    } catch (error) {
      if (error instanceof Refusal) return json(error.code, refusalBody(error))
      throw error
    }
  })

  routes.get('/file/:bot{bot[^/]+}/:path{.+}', (c) => {
    const token = c.req.param('bot').slice('bot'.length)
    const file = token === world.token ? world.files.byPath(c.req.param('path')) : null
    if (!file?.bytes) return json(404, refusalBody(new Refusal(404, 'Not Found')))
    return new Response(Buffer.from(file.bytes), { headers: { 'content-type': file.mimeType } })
  })

  routes.all('/:bot{bot[^/]*}/*', () => json(404, refusalBody(new Refusal(404, 'Not Found'))))
  return routes
}

/** Telegram's three ways to say no: a token of impossible shape, one that no bot has, and no token at all. */
function checkToken(world: World, token: string) {
  if (token === world.token) return
  if (!TOKEN_SHAPE.test(token)) throw new Refusal(401, 'Unauthorized: invalid token specified')
  throw new Refusal(401, 'Unauthorized')
}

function answer(c: Context<Env>, ending: Ending): Response | Promise<Response> {
  if (ending.kind === 'json') return json(ending.status, ending.body, ending.retryAfterSeconds)
  if (ending.kind === 'html') {
    return new Response(FAULT_PAGE, { status: ending.status, headers: { 'content-type': 'text/html' } })
  }
  const { incoming, outgoing } = c.env
  if (ending.kind === 'half') {
    const body = JSON.stringify(ending.body)
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    outgoing.write(body.slice(0, body.length / 2), () => incoming.socket.destroy())
    return RESPONSE_ALREADY_SENT
  }
  if (ending.kind === 'reset') {
    const socket = incoming.socket
    if ('resetAndDestroy' in socket) socket.resetAndDestroy()
    return RESPONSE_ALREADY_SENT
  }
  return new Promise((resolve) => outgoing.once('close', () => resolve(RESPONSE_ALREADY_SENT)))
}

function json(status: number, body: unknown, retryAfterSeconds?: number): Response {
  return Response.json(body, {
    status,
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  })
}
