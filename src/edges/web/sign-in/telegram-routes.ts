import { z } from '@hono/zod-openapi'
import { type App, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import { clientHash } from './client-hash.ts'
import { describeDevice } from './describe-device.ts'
import { initDataSchema, presentSignIn, signedInSchema, userSchema, widgetSchema } from './schemas.ts'
import { settleSignIn } from './settle-sign-in.ts'
import { signInBrowser } from './sign-in-browser.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { proveInitData, proveWidget } from './telegram-proof.ts'

const miniApp = defineRoute({
  method: 'post',
  path: '/api/auth/telegram/mini-app',
  owner: 'public',
  summary: 'Sign in from the Mini App; the token goes into the Authorization header',
  request: { body: jsonBody(initDataSchema) },
  responses: {
    200: jsonAnswer(z.object({ token: z.string(), expiresAt: z.string(), user: userSchema }), 'Signed in'),
  },
})

const widget = defineRoute({
  method: 'post',
  path: '/api/auth/telegram/widget',
  owner: 'public',
  summary: 'Sign in with the fields that the Login Widget hands to the page',
  request: { body: jsonBody(widgetSchema) },
  responses: { 200: jsonAnswer(signedInSchema, 'Signed in; the session is in the cookie') },
})

export function telegramRoutes(app: App, deps: SignInDeps): void {
  app.openapi(miniApp, async (c) => {
    const { proof, mayWrite, secondsAgo, spend } = await proveInitData(c, deps, c.req.valid('json').initData)
    const settled = await settleSignIn(deps, {
      proof,
      provenSecondsAgo: secondsAgo,
      ...(mayWrite && { reachability: 'reachable' as const }),
      interface: 'webapp',
      device: describeDevice(c.req.header('user-agent'), true),
      visitor: null,
      client: clientHash(c, deps),
      spend,
    })
    // Without a visitor there is nobody to join with.
    if ('confirm' in settled) throw new Problem(409, 'conflict')
    const { user, token, expiresAt } = settled
    return c.json({ token, expiresAt: expiresAt.toISOString(), user }, 200)
  })

  app.openapi(widget, async (c) => {
    const fields = c.req.valid('json') as Record<string, string | number>
    return c.json(presentSignIn(await signInBrowser(c, deps, await proveWidget(c, deps, fields))), 200)
  })
}
