import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { stripTypes } from './strip-types.ts'

const FOLDER = new URL('./', import.meta.url)
const SERVED = /^[a-z-]+\.(ts|css)$/u
/** Run in this process, not in the browser. */
const NOT_SERVED = ['routes.ts', 'strip-types.ts']
const POLICY = "default-src 'self'; img-src * data:; frame-src *; frame-ancestors 'none'"

/** The page at `/`: its TypeScript goes to the browser with the types taken out, nothing is bundled. */
export function pageRoutes(): Hono {
  const routes = new Hono()

  routes.get('/', async (c) => {
    c.header('content-security-policy', POLICY)
    return c.html(await readFile(new URL('page.html', FOLDER), 'utf8'))
  })

  routes.get('/page/:file', async (c) => {
    const file = c.req.param('file')
    if (!SERVED.test(file) || NOT_SERVED.includes(file)) return c.notFound()
    const source = await readFile(new URL(file, FOLDER), 'utf8').catch(() => null)
    if (source === null) return c.notFound()
    c.header('cache-control', 'no-cache')
    c.header('content-type', file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8')
    return c.body(file.endsWith('.css') ? source : stripTypes(source))
  })
  return routes
}
