import { randomState } from 'openid-client'
import { type App, addressGroup, defineRoute, Problem } from '#edges/http'
import { detourOf, rememberLogin } from './begin-login.ts'
import { createLoginStates } from './login-state.ts'
import { signInAndReturn } from './sign-in-browser.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { readWidgetCallback, WIDGET_NAME } from './widget-callback.ts'
import { widgetPage, widgetPageHeaders } from './widget-page.ts'

const page = defineRoute({
  method: 'get',
  path: '/auth/telegram/widget',
  owner: 'public',
  summary: 'A page with the Login Widget of Telegram',
  responses: { 200: { description: 'The page' }, 302: { description: 'Telegram has not told who the bot is' } },
})
const callback = defineRoute({
  method: 'get',
  path: '/auth/telegram/widget/callback',
  owner: 'public',
  summary: 'Where the Login Widget takes the browser with the signed fields',
  responses: { 302: { description: 'Back to the page' } },
})

/** The classic Login Widget as a way in that leaves the page, for where OpenID Connect with Telegram is not set up. */
export function widgetRoutes(app: App, deps: SignInDeps): void {
  const { publicUrl } = deps
  const states = createLoginStates({ vault: deps.vault, secure: new URL(publicUrl).protocol === 'https:' })

  app.openapi(page, async (c) => {
    const { widget: source, botUsername } = deps.telegram
    if (!source) throw new Problem(404, 'not_found')
    const username = botUsername()
    if (username === null) return c.redirect('/sign-in?error=provider_unavailable', 302)
    const detour = detourOf(c, deps)
    if (detour) return c.redirect(detour, 302)
    await deps.limits.take('providerPerClient', addressGroup(c.var.clientAddress))
    const state = randomState()
    await rememberLogin(c, { states, publicUrl }, { provider: WIDGET_NAME, state, nonce: '', verifier: '' })
    const authUrl = new URL(`${callback.path}?state=${state}`, publicUrl).href
    for (const [name, value] of Object.entries(widgetPageHeaders(source))) c.header(name, value)
    const { texts } = c.var.frame
    return c.html(widgetPage({ texts, locale: c.var.locale, botUsername: username, source, authUrl }), 200)
  })

  app.openapi(callback, async (c) => signInAndReturn(c, deps, await readWidgetCallback(c, deps, states)))
}
