import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IDToken } from 'openid-client'
import { readClaims } from './read-claims.ts'

const NOW = 1_790_000_000
const at = { locale: 'ru', nowSeconds: NOW } as const
const provider = (flavour: 'telegram' | 'generic') => ({
  name: flavour === 'telegram' ? 'telegram' : 'google',
  label: '',
  flavour,
  issuer: 'https://issuer.example',
  clientId: '42',
  clientSecret: 'secret',
})
const token = (claims: Record<string, unknown>) =>
  ({ iss: '', aud: '42', iat: NOW, exp: NOW + 3600, sub: '1234123412341234123', ...claims }) as IDToken

test('Telegram means the numeric id, never the subject or the name', () => {
  const claims = { id: 987_654_321, name: 'Аня  Котова\n', preferred_username: 'anya' }
  assert.deepEqual(readClaims(provider('telegram'), token(claims), at), {
    provider: 'telegram',
    externalId: '987654321',
    channel: 'telegram',
    displayName: 'Аня Котова',
    username: 'anya',
    locale: 'ru',
  })
  for (const id of [undefined, null, '987654321', 0, -1, 1.5, 2 ** 53, [987_654_321], {}]) {
    assert.throws(() => readClaims(provider('telegram'), token({ id }), at), { code: 'invalid_signature' }, String(id))
  }
})

test('another provider means its subject, whatever address it asserts', () => {
  const claims = { sub: 'abc', email: 'anna@example.org', email_verified: true, given_name: 'Anna' }
  const proof = readClaims(provider('generic'), token(claims), at)
  assert.deepEqual(
    [proof.provider, proof.externalId, proof.channel, proof.displayName],
    ['google', 'abc', 'web', 'Anna'],
  )
  assert.ok(!JSON.stringify(proof).includes('example.org'))
  for (const sub of ['', ' ', 'a b', 'a\n', 'я', 'x'.repeat(256)]) {
    assert.throws(() => readClaims(provider('generic'), token({ sub }), at), { code: 'invalid_signature' })
  }
})

test('a token from the future is not valid yet', () => {
  assert.ok(readClaims(provider('generic'), token({ iat: NOW + 60 }), at))
  assert.throws(() => readClaims(provider('generic'), token({ iat: NOW + 61 }), at), { code: 'expired' })
})
