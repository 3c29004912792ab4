import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { problemTexts } from './problem-texts.ts'

const path = 'src/edges/web/send.ts'

function lacking(code: string, ru: string, en: string): string[] {
  const files = { [path]: `\nthrow new Problem(409, ${code})\n` }
  const text = (codes: string) =>
    codes
      .split(' ')
      .map((each) => `problem-${each} = Words\n`)
      .join('')
  return found(problemTexts, { ...files, 'locales/ru/problems.ftl': text(ru), 'locales/en/problems.ftl': text(en) })
}

test('every problem code has its sentence in every language', () => {
  assert.deepEqual(lacking("'gone'", 'gone', 'gone'), [])
  assert.deepEqual(lacking("'gone'", 'gone', ''), [`${path}:2`])
  assert.deepEqual(lacking("'gone'", 'gone_away', 'gone_away'), [`${path}:2`, `${path}:2`])
})

test('both sides of a choice count, and a template needs at least one sentence that fits', () => {
  assert.deepEqual(lacking("x ? 'gone' : 'late'", 'gone late', 'gone late'), [])
  assert.deepEqual(lacking("x ? 'gone' : 'late'", 'gone late', 'gone'), [`${path}:2`])
  const template = ['`', '$', '{x}_unknown`'].join('')
  assert.deepEqual(lacking(template, 'user_unknown', 'user_unknown'), [])
  assert.deepEqual(lacking(template, 'user_unknown', 'gone'), [`${path}:2`])
})
