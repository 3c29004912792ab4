import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import type { Row } from './attacks/row.ts'
import { ROWS } from './attacks/rows/index.ts'
import { attackWith } from './attacks.ts'
import { createRandom } from './random.ts'

const SEED_MAX = 2 ** 32

test('every attack of the list is tried on a running house, and none surprises; a row that fails is told', async (t) => {
  const seed = randomInt(SEED_MAX)
  t.diagnostic(`npm run simulate -- attacks --seed ${seed}`)
  const open: Row = {
    id: 'A0',
    title: 'a door that is open',
    attack: async (_, tries) => tries.judge('in', 'came in', false),
  }
  const silent: Row = { id: 'A0 silent', title: 'a row that tries nothing', attack: async () => {} }
  const options = { count: 1, random: createRandom(seed), log: () => {}, scope: t }
  const { counts, findings } = await attackWith(options, [...ROWS, open, silent])
  const [first, second, ...rest] = findings.toSorted()
  assert.match(first ?? '', /^SURPRISE: A0 a door that is open/)
  assert.match(second ?? '', /^SURPRISE: A0 silent/)
  assert.deepEqual(rest, [])
  assert.equal(counts.rows?.held, ROWS.length)
})

test('no row of the list stands there twice', () => {
  const ids = ROWS.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
})
