import type { App } from '#edges/http'
import { emailRoutes } from './email-routes.ts'
import { loginRoutes } from './login-routes.ts'
import { optionsRoute } from './options-route.ts'
import { providerRoutes } from './provider-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { telegramRoutes } from './telegram-routes.ts'
import { widgetRoutes } from './widget-routes.ts'

/** Every route of contract section 3 but the bot's webhook. */
export function signInRoutes(app: App, deps: SignInDeps): void {
  optionsRoute(app, deps)
  telegramRoutes(app, deps)
  widgetRoutes(app, deps)
  emailRoutes(app, deps)
  providerRoutes(app, deps)
  sessionRoutes(app, deps)
  loginRoutes(app, deps)
}
