import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wholeFile } from '../harness/scope.ts'
import { createRandom } from './random.ts'
import { weather } from './storm.ts'

const SEED = 20_261_123

test('pages whose lines are cut again and again are told everything, once and in order', async () => {
  const options = { streams: 40, seconds: 16, log() {}, scope: wholeFile }
  const { counts, findings } = await weather({ ...options, random: createRandom(SEED) })
  assert.deepEqual(findings, [], `--seed ${SEED}`)
  assert.ok((counts.pages?.cut ?? 0) > 10 && (counts.pages?.['lines read'] ?? 0) > 100, JSON.stringify(counts))
  assert.ok((counts['catching up']?.times ?? 0) > 0, JSON.stringify(counts))
})
