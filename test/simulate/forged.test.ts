import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { forged } from './forged.ts'
import { createRandom } from './random.ts'

const MUTANTS = 800
const SEED_MAX = 2 ** 32
/** Kinds that come so often that a run without them did not look at all. */
const ALWAYS = ['init data', 'widget', 'session', 'webhook']

test('no forged proof opens anything, and no genuine one is refused', async (t) => {
  const seed = randomInt(SEED_MAX)
  t.diagnostic(`npm run simulate -- forged ${MUTANTS} --seed ${seed}`)
  const { counts, findings } = await forged({ count: MUTANTS, random: createRandom(seed), log: () => {}, scope: t })
  assert.deepEqual(findings, [])
  for (const kind of ALWAYS) {
    assert.ok(counts[kind]?.['forged refused'], `${kind}: nothing was forged`)
    assert.ok(counts[kind]?.['genuine accepted'], `${kind}: nobody came in`)
  }
})
