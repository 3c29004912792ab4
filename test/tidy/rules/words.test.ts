import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { words } from './words.ts'

const path = 'src/domain/credits/hold.test.ts'

test('names that say nothing are refused, in files and folders', () => {
  for (const empty of ['utils', 'helpers', 'user-manager', 'credit.service', 'common', 'misc']) {
    assert.deepEqual(found(words, { [`src/${empty}.ts`]: '' }), [`src/${empty}.ts:1`])
    assert.deepEqual(found(words, { [`src/${empty}/hold.ts`]: '' }), [`src/${empty}/hold.ts:1`])
  }
  assert.deepEqual(found(words, { 'src/domain/payments/commonwealth.ts': '' }), [])
})

test('open ends and silenced checkers are refused', () => {
  for (const [first, second] of [
    ['TO', 'DO'],
    ['FIX', 'ME'],
    ['biome-', 'ignore lint'],
    ['@ts-', 'expect-error'],
    ['@ts-', 'ignore'],
  ]) {
    assert.deepEqual(found(words, { [path]: `\n// ${first}${second}\n` }), [`${path}:2`], second)
  }
})

test('every test runs', () => {
  for (const line of [
    "test.only('a', () => {})",
    "test.skip('a', () => {})",
    "describe.todo('a')",
    "test('a', (t) => t.skip())",
    "test('a', { skip: true }, () => {})",
    "test('a', { only: true }, () => {})",
  ]) {
    assert.deepEqual(found(words, { [path]: `\n${line}\n` }), [`${path}:2`], line)
  }
  assert.deepEqual(found(words, { [path]: "test('a', { timeout: 1 }, () => page.skip({ skip: 1 }))\n" }), [])
})
