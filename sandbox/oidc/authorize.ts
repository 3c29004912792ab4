import type { Context } from 'hono'
import { type AuthReading, type AuthRequest, readAuthRequest } from './auth-request.ts'
import { consentPage, refusalPage } from './page.ts'
import { mailOf, type OidcPerson, personOfMail } from './people.ts'
import type { IssuerState } from './start-issuer.ts'

/** `GET /auth`: asks who is signing in. Nobody is remembered, so it asks every time. */
export function showConsent(c: Context, state: IssuerState): Response | Promise<Response> {
  const reading = readAuthRequest(c.req.queries(), state.options)
  if (!reading.ok) return sendRefusal(c, state, reading)
  const { options } = state
  const people = options.people()
  const hint = reading.request.loginHint?.toLowerCase()
  const hinted = people.find(
    (person) =>
      hint && [String(person.id), person.username?.toLowerCase(), mailOf(person).toLowerCase()].includes(hint),
  )
  return c.html(
    consentPage({
      flavour: options.flavour ?? 'telegram',
      label: options.label ?? 'Telegram',
      base: state.issuer(),
      language: readLanguage(c),
      people,
      chosen: hinted ?? people[0],
      request: reading.request,
    }),
  )
}

/** `POST /auth`: the page's form. Sends the browser back with a code, or with `access_denied`. */
export async function takeConsent(c: Context, state: IssuerState): Promise<Response> {
  const body = await c.req.parseBody({ all: true })
  const input = Object.entries(body).map(([name, value]) => [name, [value].flat().map(String)])
  const reading = readAuthRequest(Object.fromEntries(input), state.options)
  if (!reading.ok) return sendRefusal(c, state, reading)
  const { request } = reading
  if (body.decision !== 'allow') return sendBack(c, request, { error: 'access_denied' })
  const person = findPerson(state, String(body.person ?? ''), String(body.email ?? ''))
  if (!person) return c.html(refusalPage(readLanguage(c), state.issuer(), 'person is unknown'), 400)
  state.options.onAllow?.(person, { botAccess: request.scope.split(' ').includes('telegram:bot_access') })
  const { redirectUri, scope, nonce, codeChallenge } = request
  return sendBack(c, request, { code: state.grants.issue({ person, redirectUri, scope, nonce, codeChallenge }) })
}

function findPerson({ options }: IssuerState, id: string, email: string): OidcPerson | undefined {
  const people = options.people()
  if (id !== 'other') return people.find((person) => String(person.id) === id)
  if (options.flavour !== 'generic' || !/^[^\s@]+@[^\s@]+$/.test(email)) return undefined
  return people.find((person) => mailOf(person).toLowerCase() === email.toLowerCase()) ?? personOfMail(email)
}

function sendRefusal(c: Context, { issuer }: IssuerState, reading: Exclude<AuthReading, { ok: true }>) {
  if (reading.redirectUri === null) return c.html(refusalPage(readLanguage(c), issuer(), reading.error), 400)
  return sendBack(c, reading, { error: reading.error, error_description: reading.description })
}

function sendBack(
  c: Context,
  { redirectUri, state }: Pick<AuthRequest, 'redirectUri' | 'state'>,
  answer: Record<string, string>,
): Response {
  const target = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  if (state !== null) target.searchParams.set('state', state)
  c.header('Cache-Control', 'no-store')
  return c.redirect(target.href, 303)
}

function readLanguage(c: Context): 'ru' | 'en' {
  const wanted = c.req
    .header('Accept-Language')
    ?.toLowerCase()
    .match(/(?<![a-z-])(ru|en)(?![a-z])/)?.[1]
  return wanted === 'ru' ? 'ru' : 'en'
}
