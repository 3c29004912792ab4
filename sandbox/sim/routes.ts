import { Hono } from 'hono'
import type { TelegramWorld } from '../telegram/index.ts'
import { BadAsk, bodyOf, textOf } from './body.ts'
import { controlRoutes } from './control-routes.ts'
import { eventRoutes } from './event-routes.ts'
import { moneyRoutes } from './money-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { speechRoutes } from './speech-routes.ts'

export type Surroundings = {
  /** What a process needs to connect to this sandbox. */
  about(): Record<string, unknown>
  setAppUrl(appUrl: string): void
}

/** The TelegramWorld over HTTP, under `/sim` (see API.md). */
export function simRoutes(telegram: TelegramWorld, sandbox: Surroundings): Hono {
  const routes = new Hono()

  /** Pages of other places have no business here: a browser names its origin, a test has none. */
  routes.use(async (c, next) => {
    const origin = c.req.header('origin')
    if (origin && URL.canParse(origin) && new URL(origin).host === c.req.header('host')) return next()
    if (origin) return c.json({ error: 'only this page may' }, 403)
    return next()
  })

  routes.get('/about', (c) => c.json(sandbox.about()))
  routes.patch('/about', async (c) => {
    sandbox.setAppUrl(new URL(textOf(await bodyOf(c), 'appUrl')).toString().replace(/\/$/u, ''))
    return c.json(sandbox.about())
  })
  routes.route('/people', speechRoutes(telegram))
  routes.route('/people', peopleRoutes(telegram))
  routes.route('/events', eventRoutes(telegram))
  routes.route('/', controlRoutes(telegram))
  routes.route('/', moneyRoutes(telegram))
  routes.onError((error, c) => {
    const malformed = error instanceof BadAsk || error instanceof SyntaxError
    return c.json({ error: error.message }, malformed ? 400 : 409)
  })
  return routes
}
