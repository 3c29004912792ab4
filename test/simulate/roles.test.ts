import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { MANY_ROLES } from './endurance/hardship.ts'
import { endure } from './endurance.ts'
import { createRandom } from './random.ts'

const MESSAGES = 60
const SHORT = {
  ...MANY_ROLES,
  people: 10,
  processes: ['http', 'bot', 'bot', 'worker', 'worker'],
  killEveryMs: 3_000,
  restartEveryMs: 2_000,
  messagesPerSecond: 8,
  harmsMax: 1,
}
const SEED_MAX = 2 ** 32

test('each role in processes of its own, one killed and one restarted: every message is answered once, in order, paid once and shown', async (t) => {
  const seed = randomInt(SEED_MAX)
  t.diagnostic(`${MESSAGES} messages, seed ${seed}`)
  const options = { count: MESSAGES, random: createRandom(seed), log: () => {}, scope: t }
  const { counts, findings } = await endure(options, SHORT)
  t.diagnostic(JSON.stringify(counts))
  assert.equal(findings.join('\n\n'), '')
  assert.ok(counts.harm?.kills && counts.harm?.restarts, 'somebody was killed and somebody restarted')
})
