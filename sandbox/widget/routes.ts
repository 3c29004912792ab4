import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import { stripTypes } from '../page/strip-types.ts'
import type { TelegramWorld } from '../telegram/index.ts'
import { askPage, framePage, type Language } from './pages.ts'

const SCRIPTS = new Map([
  ['telegram-widget.js', 'telegram-widget.ts'],
  ['frame.js', 'frame.ts'],
  ['ask.js', 'ask.ts'],
])

/** The Login Widget's script, its frame and the window that asks. One site is linked to the bot, as by /setdomain. */
export function widgetRoutes(telegram: TelegramWorld, site: { appUrl: string }): Hono {
  const routes = new Hono()

  routes.get('/js/:file', async (c) => {
    const source = SCRIPTS.get(c.req.param('file'))
    if (!source) return c.notFound()
    c.header('content-type', 'text/javascript; charset=utf-8')
    c.header('cache-control', 'no-cache')
    return c.body(stripTypes(await readFile(new URL(source, import.meta.url), 'utf8')))
  })

  routes.get('/embed/:bot', (c) => c.html(framePage(languageOf(c), refusalOf(c))))
  routes.get('/embed/:bot/auth', (c) => {
    const refusal = refusalOf(c)
    if (refusal) return c.html(framePage(languageOf(c), refusal), 400)
    return c.html(askPage(languageOf(c), telegram.people(), site.appUrl))
  })
  return routes

  /** In Telegram's own words. */
  function refusalOf(c: Context): string | null {
    if (c.req.param('bot') !== telegram.bot.username) return 'Username invalid'
    return c.req.query('origin') === new URL(site.appUrl).origin ? null : 'Bot domain invalid'
  }
}

function languageOf(c: Context): Language {
  return c.req.query('lang') === 'ru' ? 'ru' : 'en'
}
