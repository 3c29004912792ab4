import assert from 'node:assert/strict'
import { test } from 'node:test'
import { webhookSecrets } from './webhook-secret.ts'

const vault = { derive: () => Buffer.from('derived') }

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
