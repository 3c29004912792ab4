import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { privacy } from './privacy.ts'

const migration = 'migrations/0001-a.sql'
const files = { [migration]: '-- Room: domain/a\nCREATE TABLE things (\n' }
const row = '| `things` | name | for a day | nobody |\n'

test('a table that operators cannot look up is noticed, and so is a row about none', () => {
  assert.deepEqual(found(privacy, { ...files, 'docs/privacy.md': row }), [])
  assert.deepEqual(found(privacy, files), [`${migration}:2`])
  assert.deepEqual(found(privacy, { ...files, 'docs/privacy.md': `${row}| \`gone\` | | | |\n` }), ['docs/privacy.md:1'])
  assert.deepEqual(found(privacy, { ...files, 'docs/privacy.md': row + row }), ['docs/privacy.md:1'])
})
