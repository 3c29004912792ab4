import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { Hono } from 'hono'

const FOLDER = new URL('./', import.meta.url)
const SCRIPT = /^[a-z-]+\.ts$/u
const STYLE = /^[a-z-]+\.css$/u
/** Runs in this process, not in the browser. */
const NOT_SERVED = ['routes.ts']

/** The page at `/`: its TypeScript goes to the browser with the types taken out, nothing is bundled. */
export function pageRoutes(appUrl: () => string): Hono {
  const routes = new Hono()

  routes.get('/', async (c) => {
    const html = await readFile(new URL('page.html', FOLDER), 'utf8')
    c.header('content-security-policy', policy(appUrl()))
    return c.html(html)
  })

  routes.get('/page/:file', async (c) => {
    const file = c.req.param('file')
    if (SCRIPT.test(file) && !NOT_SERVED.includes(file) && !file.endsWith('.test.ts')) {
      const source = await readFile(new URL(file, FOLDER), 'utf8').catch(() => null)
      if (source === null) return c.notFound()
      return c.body(stripTypeScriptTypes(source), 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
      })
    }
    if (!STYLE.test(file)) return c.notFound()
    const style = await readFile(new URL(file, FOLDER), 'utf8').catch(() => null)
    return style === null
      ? c.notFound()
      : c.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' })
  })
  return routes
}

function policy(appUrl: string): string {
  const app = URL.canParse(appUrl) ? new URL(appUrl).origin : ''
  return `default-src 'self'; img-src * data: blob:; media-src 'self'; frame-src * ${app}; frame-ancestors 'none'`
}
