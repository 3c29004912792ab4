import assert from 'node:assert/strict'
import { test } from 'node:test'
import { webhookSecrets } from './webhook-secret.ts'

const vault = { derive: () => Buffer.from('derived'), deriveOthers: () => [] as Buffer[] }

test('a leaked secret is replaced: the former counts for one more minute, so that nothing on its way is lost', () => {
  let nowMs = 5_000
  const secrets = webhookSecrets({ TELEGRAM_WEBHOOK_SECRET: 'new,leaked' }, vault, () => nowMs)
  assert.equal(secrets.current, 'new')
  assert.deepEqual(secrets.accepted(), ['new', 'leaked'])
  nowMs += 60_000
  assert.deepEqual(secrets.accepted(), ['new'])
})

test('without a setting the secret is one that only this installation can make', () => {
  const secrets = webhookSecrets({ TELEGRAM_WEBHOOK_SECRET: undefined }, vault)
  assert.deepEqual(secrets.accepted(), [Buffer.from('derived').toString('base64url')])
})

test('while the master key is changed the secrets made from both keys count, and a configured one stands alone', () => {
  const both = { ...vault, deriveOthers: () => [Buffer.from('other')] }
  const secrets = webhookSecrets({ TELEGRAM_WEBHOOK_SECRET: undefined }, both)
  assert.deepEqual(
    secrets.accepted(),
    ['derived', 'other'].map((secret) => Buffer.from(secret).toString('base64url')),
  )
  assert.deepEqual(webhookSecrets({ TELEGRAM_WEBHOOK_SECRET: 'own' }, both).accepted(), ['own'])
})
