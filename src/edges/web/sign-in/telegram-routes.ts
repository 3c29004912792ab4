import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { spendProof } from '#domain/identity'
import { type App, type AppContext, addressGroup, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import type { Executor } from '#platform/postgres'
import { describeDevice } from './describe-device.ts'
import { signedInSchema, userSchema } from './schemas.ts'
import { settleSignIn } from './settle-sign-in.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { telegramIdentity } from './telegram-person.ts'
import { INIT_DATA_MAX_AGE_SECONDS, verifyInitData } from './verify-init-data.ts'
import { verifyWidget, WIDGET_MAX_AGE_SECONDS } from './verify-widget.ts'
import { browserVisitor } from './visitor.ts'

const INIT_DATA_MAX_LENGTH = 8_192
const WIDGET_VALUE_MAX_LENGTH = 1_024
/** Telegram hands out the same init data each time the page is reloaded. */
const INIT_DATA_USES_MAX = 20
/** A page that never got our answer may ask again with the same payload. */
const WIDGET_USABLE_SECONDS = 60
const WIDGET_USES_MAX = 20
/** What Telegram's clock may be ahead of ours. */
const CLOCK_MARGIN_SECONDS = 120

const miniApp = defineRoute({
  method: 'post',
  path: '/api/auth/telegram/mini-app',
  owner: 'public',
  summary: 'Sign in from the Mini App; the token goes into the Authorization header',
  request: { body: jsonBody(z.strictObject({ initData: z.string().max(INIT_DATA_MAX_LENGTH) })) },
  responses: {
    200: jsonAnswer(z.object({ token: z.string(), expiresAt: z.string(), user: userSchema }), 'Signed in'),
  },
})

const widgetText = z.string().max(WIDGET_VALUE_MAX_LENGTH)
const widget = defineRoute({
  method: 'post',
  path: '/api/auth/telegram/widget',
  owner: 'public',
  summary: 'Sign in with the fields that the Login Widget hands to the page',
  request: {
    body: jsonBody(
      z
        .object({ id: z.union([widgetText, z.int()]).optional(), auth_date: z.union([widgetText, z.int()]).optional() })
        .catchall(widgetText),
    ),
  },
  responses: { 200: jsonAnswer(signedInSchema, 'Signed in; the session is in the cookie') },
})

export function telegramRoutes(app: App, deps: SignInDeps): void {
  const nowSeconds = () => Math.floor(deps.clock.now().getTime() / 1000)

  app.openapi(miniApp, async (c) => {
    const { botToken } = deps.telegram
    const { initData } = c.req.valid('json')
    const verified = await countFailures(c, deps, () =>
      verifyInitData(initData, { botToken, nowSeconds: nowSeconds() }),
    )
    const { user, token, expiresAt } = await settleSignIn(deps, {
      proof: telegramIdentity(verified.person),
      ...(verified.mayWrite && { reachability: 'reachable' as const }),
      interface: 'webapp',
      device: describeDevice(c.req.header('user-agent'), true),
      visitor: null,
      spend: spendPayload('init data', verified.hash, {
        maxUses: INIT_DATA_USES_MAX,
        withinSeconds: INIT_DATA_MAX_AGE_SECONDS + CLOCK_MARGIN_SECONDS,
        keepSeconds: INIT_DATA_MAX_AGE_SECONDS + CLOCK_MARGIN_SECONDS,
      }),
    })
    return c.json({ token, expiresAt: expiresAt.toISOString(), user }, 200)
  })

  app.openapi(widget, async (c) => {
    const fields = c.req.valid('json') as Record<string, string | number>
    const { botToken } = deps.telegram
    const verified = await countFailures(c, deps, () => verifyWidget(fields, { botToken, nowSeconds: nowSeconds() }))
    const { user, token } = await settleSignIn(deps, {
      proof: { ...telegramIdentity(verified.person), locale: c.var.locale },
      interface: 'browser',
      device: describeDevice(c.req.header('user-agent'), false),
      visitor: await browserVisitor(c),
      spend: spendPayload('widget', verified.hash, {
        maxUses: WIDGET_USES_MAX,
        withinSeconds: WIDGET_USABLE_SECONDS,
        keepSeconds: WIDGET_MAX_AGE_SECONDS + CLOCK_MARGIN_SECONDS,
      }),
    })
    c.var.frame.cookie.write(c, token)
    return c.json({ user }, 200)
  })
}

/** Only what does not verify counts against the client. */
async function countFailures<Verified>(
  c: AppContext,
  { limits }: SignInDeps,
  verify: () => Verified,
): Promise<Verified> {
  try {
    return verify()
  } catch (refusal) {
    await limits.take('badProofPerClient', addressGroup(c.var.clientAddress))
    throw refusal
  }
}

function spendPayload(kind: string, hash: string, limits: Parameters<typeof spendProof>[2]) {
  const proofHash = createHash('sha256').update(`${kind}\n${hash}`).digest()
  return async (tx: Executor) => {
    if (!(await spendProof(tx, proofHash, limits))) throw new Problem(401, 'replayed')
  }
}
