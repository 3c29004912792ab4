import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { Hono } from 'hono'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { ID_TOKEN_FAULTS, type IssuerOptions, type OidcFault, startIssuer, subjectOf } from './index.ts'

const ISSUER = 'http://issuer.test/oidc'
const REDIRECT = 'http://vitte.test/auth/telegram/callback'
const SECRET = 'a secret: with%signs'
const MASHA = { id: 700_000_001, firstName: 'Маша', lastName: 'Орлова', username: 'masha_orlova', languageCode: 'ru' }
const TOM = { id: 7_900_000_004, firstName: 'Tom', languageCode: 'en', email: 'tom@mail.test', emailVerified: false }

function start(extra: Partial<IssuerOptions> = {}) {
  const issuer = startIssuer({
    issuer: ISSUER,
    clientId: '42',
    clientSecret: SECRET,
    people: () => [MASHA, TOM],
    redirectAllowed: (uri) => uri === REDIRECT,
    ...extra,
  })
  const request = (path: string, init?: RequestInit) => (issuer.routes as Hono).request(path, init)
  return { ...issuer, request, ...steps(request) }
}

const VERIFIER = randomBytes(32).toString('base64url')
const FIELDS = {
  client_id: '42',
  redirect_uri: REDIRECT,
  response_type: 'code',
  scope: 'openid profile email telegram:bot_access',
  state: 'st',
  nonce: 'no',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
}

type Ask = (path: string, init?: RequestInit) => Response | Promise<Response>
function steps(request: Ask) {
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
  const allow = async (extra: Record<string, string> = {}) => {
    const person = String(MASHA.id)
    const response = await request('/auth', form({ ...FIELDS, person, decision: 'allow', ...extra }))
    return new URL(response.headers.get('Location') ?? 'http://nowhere.test')
  }
  const redeem = async (code: string, extra: Record<string, string> = {}, secret = SECRET) => {
    const halves = ['42', secret].map((half) => encodeURIComponent(half)).join(':')
    const fields = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      client_id: '42',
    }
    const headers = { Authorization: `Basic ${Buffer.from(halves).toString('base64')}` }
    return request('/token', { ...form({ ...fields, ...extra }), headers })
  }
  const signIn = async (extra: Record<string, string> = {}) => {
    const response = await redeem((await allow(extra)).searchParams.get('code') ?? '')
    return ((await response.json()) as { id_token: string }).id_token
  }
  return { allow, redeem, signIn }
}

async function verify(request: Ask, token: string): Promise<JWTPayload> {
  const keys = createLocalJWKSet(await (await request('/.well-known/jwks.json')).json())
  const wanted = { issuer: ISSUER, audience: '42', algorithms: ['RS256'], requiredClaims: ['id', 'nonce', 'exp'] }
  const { payload } = await jwtVerify(token, keys, wanted)
  assert.ok(payload.nonce === 'no' && typeof payload.id === 'number')
  assert.ok((payload.iat ?? 0) <= Date.now() / 1000)
  return payload
}

test('openid-client signs a person in by code and PKCE', async (t: TestContext) => {
  const allowed: unknown[] = []
  const { request, allow } = start({ onAllow: (person, wishes) => allowed.push([person.id, wishes.botAccess]) })
  const customFetch = (url: string, init: object) =>
    Promise.resolve(request(url.replace(ISSUER, ''), init as RequestInit))
  const config = await client.discovery(new URL(ISSUER), '42', SECRET, client.ClientSecretBasic(SECRET), {
    execute: [client.allowInsecureRequests],
    [client.customFetch]: customFetch,
  })
  const asked = client.buildAuthorizationUrl(config, { ...FIELDS, scope: FIELDS.scope })
  assert.equal((await request(asked.pathname.replace('/oidc', '') + asked.search)).status, 200)
  const back = await allow()
  const checks = { pkceCodeVerifier: VERIFIER, expectedState: 'st', expectedNonce: 'no', idTokenExpected: true }
  const tokens = await client.authorizationCodeGrant(config, back, checks, { client_id: '42' })
  const { id, sub, name, given_name, preferred_username } = (tokens.claims() ?? {}) as JWTPayload
  assert.deepEqual([id, name, given_name, preferred_username], [MASHA.id, 'Маша Орлова', 'Маша', 'masha_orlova'])
  assert.match(String(sub), /^\d{19}$/)
  assert.deepEqual(allowed, [[MASHA.id, true]])
  assert.equal(config.serverMetadata().userinfo_endpoint, undefined)
  t.diagnostic(`sub ${sub}`)
})

test('sub differs from id, and between people, and stays', () => {
  const subjects = [1, 2, 700_000_001].map(subjectOf)
  assert.equal(new Set(subjects).size, 3)
  assert.ok(subjects.every((subject) => /^\d{19}$/.test(subject)))
  assert.equal(subjectOf(1), subjects[0])
})

test('a code works once, for 60 seconds, with its verifier, redirect and client', async () => {
  let nowMs = Date.now()
  const { allow, redeem } = start({ nowMs: () => nowMs })
  const code = async () => (await allow()).searchParams.get('code') ?? ''
  const once = await code()
  assert.equal((await redeem(once)).status, 200)
  const refusal = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error]
  assert.deepEqual(await refusal(await redeem(once)), [400, 'invalid_grant'])
  assert.deepEqual(await refusal(await redeem(await code(), { code_verifier: 'x'.repeat(43) })), [400, 'invalid_grant'])
  assert.deepEqual(await refusal(await redeem(await code(), { redirect_uri: `${REDIRECT}/` })), [400, 'invalid_grant'])
  assert.deepEqual(await refusal(await redeem(await code(), {}, 'wrong')), [401, 'invalid_client'])
  assert.deepEqual(await refusal(await redeem(await code(), { client_id: '' })), [400, 'invalid_request'])
  assert.deepEqual(await refusal(await redeem(await code(), { grant_type: 'password' })), [
    400,
    'unsupported_grant_type',
  ])
  const late = await code()
  nowMs += 60_000
  assert.deepEqual(await refusal(await redeem(late)), [400, 'invalid_grant'])
})

test('a request that is not ours gets no redirect, a wrong one of ours gets an error back', async () => {
  const { request, allow } = start()
  const ask = (extra: Record<string, string>) => request(`/auth?${new URLSearchParams({ ...FIELDS, ...extra })}`)
  assert.equal((await ask({ client_id: '43' })).status, 400)
  assert.equal((await ask({ redirect_uri: 'http://evil.test/' })).status, 400)
  assert.equal((await request(`/auth?${new URLSearchParams(FIELDS)}&state=twice`)).status, 400)
  const errorOf = async (extra: Record<string, string>) =>
    new URL((await ask(extra)).headers.get('Location') ?? '').searchParams.get('error')
  assert.equal(await errorOf({ response_type: 'token' }), 'unsupported_response_type')
  assert.equal(await errorOf({ scope: 'profile' }), 'invalid_scope')
  assert.equal(await errorOf({ code_challenge_method: 'plain' }), 'invalid_request')
  const cancelled = await allow({ decision: 'cancel' })
  assert.deepEqual(Object.fromEntries(cancelled.searchParams), { error: 'access_denied', state: 'st' })
})

test('every forged id_token is refused by a careful verifier, and the next is good again', async () => {
  const { control, request, signIn } = start()
  const forgeries = ID_TOKEN_FAULTS.filter((fault) => !/token|email/.test(fault))
  for (const fault of forgeries) {
    control({ next: [{ fault }] })
    const token = await signIn()
    await assert.rejects(verify(request, token), fault)
    await verify(request, await signIn())
  }
  assert.equal(forgeries.length, 13)
})

test('forgeries are what they are called', async () => {
  const { control, signIn } = start()
  const forged = async (fault: OidcFault) => {
    control({ next: [{ fault }] })
    const token = await signIn()
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) }
  }
  assert.equal((await forged('alg-none')).header.alg, 'none')
  assert.equal((await forged('hs256')).header.alg, 'HS256')
  assert.match(String((await forged('jku')).header.jku), /foreign-jwks/)
  assert.equal((await forged('text-id')).claims.id, String(MASHA.id))
  assert.deepEqual(Object.keys((await forged('sub-only')).claims).sort(), ['aud', 'exp', 'iat', 'iss', 'nonce', 'sub'])
})

test('the token endpoint can be down', async () => {
  const { request, allow, redeem } = start()
  const body = JSON.stringify({ next: [{ fault: 'token-down', times: 2 }] })
  assert.equal((await request('/control', { method: 'POST', body })).status, 200)
  const code = (await allow()).searchParams.get('code') ?? ''
  assert.deepEqual(
    [(await redeem(code)).status, (await redeem(code)).status, (await redeem(code)).status],
    [503, 503, 200],
  )
  assert.equal((await request('/control', { method: 'POST', body: '{"next":[{"fault":"other"}]}' })).status, 400)
})

test('the generic flavour knows people by mail and has no id', async () => {
  const { signIn, request } = start({ flavour: 'generic', label: 'Google' })
  const masha = decodeJwt(await signIn())
  assert.deepEqual([masha.email, masha.email_verified, masha.id], ['masha_orlova@mail.test', true, undefined])
  const tom = decodeJwt(await signIn({ person: String(TOM.id) }))
  assert.deepEqual([tom.email, tom.email_verified], ['tom@mail.test', false])
  const other = decodeJwt(await signIn({ person: 'other', email: 'new@mail.test' }))
  assert.equal(other.email, 'new@mail.test')
  assert.equal(new Set([masha.sub, tom.sub, other.sub]).size, 3)
  assert.match(
    await (await request(`/auth?${new URLSearchParams(FIELDS)}`)).text(),
    /Sign in with Google.*tom@mail\.test/s,
  )
})

test('the page offers the people in the language of the browser and preselects a hinted one', async () => {
  const { request } = start()
  const page = async (language: string, extra: Record<string, string> = {}) => {
    const response = await request(`/auth?${new URLSearchParams({ ...FIELDS, ...extra })}`, {
      headers: { 'Accept-Language': language },
    })
    return response.text()
  }
  assert.match(await page('ru'), /Вход через Telegram.*Маша Орлова.*Разрешить.*Отмена/s)
  assert.match(await page('en-US'), /Allow.*Cancel/s)
  assert.match(await page('en', { login_hint: String(TOM.id) }), new RegExp(`value="${TOM.id}" required checked`))
  assert.doesNotMatch(await page('en', { state: '"><script>' }), /<script>/)
})
