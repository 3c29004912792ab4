import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { documents } from './documents.ts'

const CONFIG = 'src/processes/config.ts'

test('every setting has its line', () => {
  const files = {
    [CONFIG]:
      "const LONG_WAIT_MS = { OTHER_THING: 5 }\nread('LOG_LEVEL')\nenv.HOST\nz.object({ MASTER_KEY: z.string() })\n",
  }
  assert.deepEqual(found(documents, { ...files, 'docs/operations.md': '`LOG_LEVEL` `HOST` `MASTER_KEY`' }), [])
  assert.deepEqual(found(documents, { ...files, 'docs/operations.md': '`LOG_LEVEL`', 'README.md': 'HOST' }), [
    `${CONFIG}:4`,
  ])
  assert.deepEqual(found(documents, { ...files, 'docs/operations.md': '`LOG_LEVELS` HOSTS' }).length, 3)
})

test('every metric has its line', () => {
  const path = 'src/platform/live/live.ts'
  const files = { [path]: "\ncounter('vitte_live_dropped_total')\n" }
  assert.deepEqual(found(documents, { ...files, 'docs/operations.md': '| vitte_live_dropped_total |' }), [])
  assert.deepEqual(found(documents, files), [`${path}:2`])
})
