import assert from 'node:assert/strict'
import { test } from 'node:test'
import { providerWay, telegramWay } from './ways.ts'

const options = (oidc: boolean, widget: boolean) => ({
  telegram: { botUsername: 'vitte_bot', oidc, widget },
  providers: [],
  email: true,
})

test('the classic widget stands in where OpenID Connect with Telegram is not set up', () => {
  assert.equal(telegramWay(options(true, true), '/link'), '/auth/telegram?returnTo=%2Flink')
  assert.equal(telegramWay(options(false, true), '/link'), '/auth/telegram/widget?returnTo=%2Flink')
  assert.equal(telegramWay(options(false, false), '/link'), null)
})

test('the page to come back to keeps its own question', () => {
  assert.equal(providerWay('my idp', '/settings/logins?add'), '/auth/my%20idp?returnTo=%2Fsettings%2Flogins%3Fadd')
})
