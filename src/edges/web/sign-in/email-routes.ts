import { z } from '@hono/zod-openapi'
import {
  addressHash,
  type EmailCodeOptions,
  issueEmailCode,
  normaliseAddress,
  spendEmailCode,
  tryEmailCode,
} from '#domain/identity'
import { type App, type AppContext, addressGroup, defineRoute, jsonAnswer, jsonBody, Problem } from '#edges/http'
import { cleanName } from './clean-name.ts'
import { describeDevice } from './describe-device.ts'
import { signedInSchema } from './schemas.ts'
import { settleSignIn } from './settle-sign-in.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { browserVisitor } from './visitor.ts'

const ADDRESS_MAX_LENGTH = 320
const CODE_MAX_LENGTH = 32

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
  request: {
    body: jsonBody(
      z.strictObject({ email: z.string().max(ADDRESS_MAX_LENGTH), code: z.string().max(CODE_MAX_LENGTH) }),
    ),
  },
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
    const { email, code } = c.req.valid('json')
    const attempt = { vault, address: readAddress(email), code: code.replace(/[\s-]/g, '') }
    await proveAddress(c, deps, attempt)
    const { user, token } = await settleSignIn(deps, {
      proof: {
        provider: 'email',
        externalId: attempt.address,
        channel: 'web',
        displayName: cleanName(attempt.address.slice(0, attempt.address.lastIndexOf('@'))),
        locale: c.var.locale,
      },
      interface: 'browser',
      device: describeDevice(c.req.header('user-agent'), false),
      visitor: await browserVisitor(c),
      async spend(tx) {
        if (!(await spendEmailCode(tx, attempt))) throw new Problem(401, 'invalid_code')
      },
    })
    c.var.frame.cookie.write(c, token)
    return c.json({ user }, 200)
  })
}

/** The try is counted before it is made, so that many at once count too, and taken off again when it was right. */
async function proveAddress(
  c: AppContext,
  deps: SignInDeps,
  attempt: EmailCodeOptions & { code: string },
): Promise<void> {
  const client = addressGroup(c.var.clientAddress)
  const address = limitKey(deps, attempt.address)
  await deps.limits.take('wrongCodePerClient', client)
  await deps.limits.take('wrongCodePerAddress', address)
  if (!(await tryEmailCode(deps.db, attempt))) throw new Problem(401, 'invalid_code')
  await deps.limits.giveBack('wrongCodePerClient', client)
  await deps.limits.giveBack('wrongCodePerAddress', address)
}

function readAddress(email: string): string {
  const address = normaliseAddress(email)
  if (address === null) throw new Problem(422, 'invalid_input', { fields: { email: 'invalid_address' } })
  return address
}

function limitKey({ vault }: SignInDeps, address: string): string {
  return addressHash(vault, address).toString('base64url')
}
