import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { environment } from './environment.ts'

test('the environment is read by the configuration alone', () => {
  for (const line of [
    'const port = process.env.PORT',
    "const port = process['env'].PORT",
    'const { env } = process',
    "import { env } from 'node:process'",
  ]) {
    assert.deepEqual(found(environment, { 'src/processes/config.ts': line }), [], line)
    assert.deepEqual(found(environment, { 'src/edges/http/app.ts': `\n${line}\n` }), ['src/edges/http/app.ts:2'], line)
  }
  assert.deepEqual(found(environment, { 'src/edges/http/app.ts': 'const { pid } = process\n' }), [])
  assert.deepEqual(found(environment, { 'web/shell/app.ts': 'import.meta.env.BASE_URL\n' }), [])
})
