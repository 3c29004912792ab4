import { z } from '@hono/zod-openapi'
import { type App, defineRoute, jsonAnswer } from '#edges/http'
import type { SignInDeps } from './sign-in-deps.ts'

const options = defineRoute({
  method: 'get',
  path: '/api/auth/options',
  owner: 'public',
  summary: 'Which ways in this installation offers',
  responses: {
    200: jsonAnswer(
      z.object({
        telegram: z.object({ botUsername: z.string().nullable(), oidc: z.boolean(), widget: z.boolean() }),
        providers: z.array(z.object({ name: z.string(), label: z.string() })),
        email: z.boolean(),
      }),
      'Ways in',
    ),
  },
})

/** `GET /api/auth/options`, for the page before anybody is signed in. */
export function optionsRoute(app: App, { telegram, providers }: SignInDeps): void {
  const others = providers.filter(({ flavour }) => flavour === 'generic')
  app.openapi(options, (c) =>
    c.json(
      {
        telegram: {
          botUsername: telegram.botUsername(),
          oidc: providers.some(({ flavour }) => flavour === 'telegram'),
          widget: telegram.widget !== null && telegram.botUsername() !== null,
        },
        providers: others.map(({ name, label }) => ({ name, label })),
        email: true,
      },
      200,
    ),
  )
}
