import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { HARDSHIP } from './endurance/hardship.ts'
import { withEveryRole } from './endurance/house.ts'
import { endure } from './endurance.ts'
import { createRandom } from './random.ts'

const MESSAGES = 50
const SHORT = {
  ...HARDSHIP,
  people: 12,
  processes: withEveryRole(2),
  killEveryMs: 3_000,
  restartPostgresEveryMs: 4_000,
  flushRedisEveryMs: 3_000,
  messagesPerSecond: 10,
  harmsMax: 1,
}
const SEED_MAX = 2 ** 32

test('processes killed, PostgreSQL shut down at once, Redis emptied: every message is answered once, paid once and shown', async (t) => {
  const seed = randomInt(SEED_MAX)
  t.diagnostic(`${MESSAGES} messages, seed ${seed}`)
  const options = { count: MESSAGES, random: createRandom(seed), log: () => {}, scope: t }
  const { counts, findings } = await endure(options, SHORT)
  t.diagnostic(JSON.stringify(counts))
  assert.equal(findings.join('\n\n'), '')
  for (const harm of ['kills', 'PostgreSQL shut down', 'Redis flushed']) {
    assert.ok(counts.harm?.[harm], `${harm}: none, so nothing was endured`)
  }
})
