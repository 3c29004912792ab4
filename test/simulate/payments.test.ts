import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { sell } from './payments.ts'
import { createRandom } from './random.ts'

const PAYMENTS = 150
const HARDSHIP = { paymentsEach: 10, processes: 2, killEveryMs: 2_000, killsMax: 1, atOnce: 8 }
const SEED_MAX = 2 ** 32

test('payments told three times, in the wrong order, never, given back, and processes killed: the books are Telegram’s own', async (t) => {
  const seed = randomInt(SEED_MAX)
  t.diagnostic(`${PAYMENTS} payments, seed ${seed}`)
  const options = { count: PAYMENTS, random: createRandom(seed), log: () => {}, scope: t }
  const { counts, findings } = await sell(options, HARDSHIP)
  t.diagnostic(JSON.stringify(counts))
  assert.equal(findings.join('\n\n'), '')
  assert.ok((counts.run?.payments ?? 0) >= PAYMENTS)
  assert.ok(counts.harm?.kills, 'nobody was killed, so nothing was endured')
})
