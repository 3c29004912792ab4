import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import { type WidgetSurroundings, widgetSource } from './widget-source.ts'

const SANDBOX = 'http://127.0.0.1:3001'
const OIDC = { issuer: 'https://oauth.telegram.org', clientId: '42', clientSecret: 'secret' }
const originOf = (outside: Partial<WidgetSurroundings>, env: NodeJS.ProcessEnv = {}) =>
  widgetSource(readConfig(env), { publicUrl: 'https://vitte.example', oidc: null, sandbox: null, ...outside })
    ?.frameOrigin

test('Telegram’s widget is there on https, as long as OpenID Connect with Telegram is not set up', () => {
  assert.equal(originOf({}), 'https://oauth.telegram.org')
  assert.equal(originOf({ publicUrl: 'http://vitte.example' }), undefined)
  assert.equal(originOf({ oidc: OIDC }), undefined)
  assert.equal(originOf({}, { TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' }), 'https://oauth.telegram.org')
})

test('the sandbox has its own, on plain http and beside OpenID Connect', () => {
  const sandbox = { plays: { telegram: true }, oidc: { issuer: `${SANDBOX}/oidc` } }
  assert.equal(originOf({ publicUrl: 'http://localhost:3000', oidc: OIDC, sandbox }), SANDBOX)
  const elsewhere = { publicUrl: 'http://localhost:3000', oidc: OIDC }
  assert.equal(originOf(elsewhere, { TELEGRAM_OIDC_ISSUER: `${SANDBOX}/oidc` }), SANDBOX)
  assert.equal(originOf({ sandbox: { ...sandbox, plays: { telegram: false } } }), 'https://oauth.telegram.org')
})
