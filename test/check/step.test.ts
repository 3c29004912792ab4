import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsOf } from './command.ts'
import { take } from './step.ts'

const root = new URL('../../', import.meta.url).pathname

test('a step that breaks is a finding', async () => {
  const { findings } = await take({
    name: 'broken',
    findings() {
      throw new Error('fell over')
    },
  })
  assert.equal(findings, 'fell over')
})

test('a program that fails is told in its own words, one that ends well says nothing', async () => {
  assert.equal(await findingsOf(root, '--print', ['1']), '')
  assert.match(await findingsOf(root, '--eval', ['console.error("no good"); process.exit(3)']), /no good/)
  assert.match(await findingsOf(root, '--eval', ['process.exit(3)']), /3/)
})
