import { z } from '@hono/zod-openapi'
import { issueEmailCode } from '#domain/identity'
import { type App, addressGroup, defineRoute, jsonAnswer, jsonBody } from '#edges/http'
import { limitKey, proveAddress, readAddress } from './email-proof.ts'
import { ADDRESS_MAX_LENGTH, emailProofSchema, presentSignIn, signedInSchema } from './schemas.ts'
import { signInBrowser } from './sign-in-browser.ts'
import type { SignInDeps } from './sign-in-deps.ts'

const start = defineRoute({
  method: 'post',
  path: '/api/auth/email/start',
  owner: 'public',
  summary: 'Mail a 6-digit code; the answer is the same for every address',
  request: { body: jsonBody(z.strictObject({ email: z.string().max(ADDRESS_MAX_LENGTH) })) },
  responses: { 202: jsonAnswer(z.object({ status: z.literal('sent') }), 'A code is on its way') },
})

const verify = defineRoute({
  method: 'post',
  path: '/api/auth/email/verify',
  owner: 'public',
  summary: 'Sign in with the code from the mail',
  request: { body: jsonBody(emailProofSchema) },
  responses: { 200: jsonAnswer(signedInSchema, 'Signed in; the session is in the cookie') },
})

export function emailRoutes(app: App, deps: SignInDeps): void {
  const { db, vault, limits } = deps

  app.openapi(start, async (c) => {
    const address = readAddress(c.req.valid('json').email)
    await limits.take('mailCodePerClient', addressGroup(c.var.clientAddress))
    await limits.take('mailCodePerAddress', limitKey(deps, address))
    const code = await issueEmailCode(db, { vault, address })
    deps.postCode({ to: address, code, locale: c.var.locale })
    return c.json({ status: 'sent' as const }, 202)
  })

  app.openapi(verify, async (c) => {
    return c.json(presentSignIn(await signInBrowser(c, deps, await proveAddress(c, deps, c.req.valid('json')))), 200)
  })
}
