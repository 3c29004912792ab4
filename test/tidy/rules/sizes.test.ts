import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { sizes } from './sizes.ts'

const SMALL = { 'src/a.ts': '', 'src/b.ts': '', 'src/c.ts': '' }
const lines = (count: number, line = '// line\n') => line.repeat(count)

test('a file has 300 lines at most, unless it is generated', () => {
  assert.deepEqual(found(sizes, { ...SMALL, 'src/long.ts': lines(300) }), [])
  assert.deepEqual(found(sizes, { ...SMALL, 'src/long.ts': lines(301) }), ['src/long.ts:301'])
  assert.deepEqual(found(sizes, { ...SMALL, 'web/look.css': lines(301, 'a {}\n') }), ['web/look.css:301'])
  assert.deepEqual(found(sizes, { ...SMALL, 'src/long.generated.ts': lines(301) }), [])
})

test('a function has 60 lines at most, whatever its kind', () => {
  const body = (count: number) => `{\n${lines(count - 2)}}`
  for (const wrap of [
    (inner: string) => `function long() ${inner}`,
    (inner: string) => `const long = () => ${inner}`,
    (inner: string) => `class Long { method() ${inner} }`,
    (inner: string) => `const long = { method() ${inner} }`,
  ]) {
    assert.deepEqual(found(sizes, { ...SMALL, 'src/f.ts': `\n${wrap(body(60))}\n` }), [])
    assert.deepEqual(found(sizes, { ...SMALL, 'src/f.ts': `\n${wrap(body(61))}\n` }), ['src/f.ts:2'])
  }
})

test('a list of tests may be long, its tests may not', () => {
  const suite = (bodyLines: number) => {
    const each = `test('it', () => {\n${lines(bodyLines)}})\n`
    return `export function contract() {\n${each.repeat(3)}}\n`
  }
  assert.deepEqual(found(sizes, { ...SMALL, 'src/live-contract.ts': suite(50) }), [])
  assert.deepEqual(found(sizes, { ...SMALL, 'src/live-contract.ts': suite(59) }).length, 3)
})

test('the median file stays under 80 lines', () => {
  const of = (...counts: number[]) =>
    Object.fromEntries(counts.map((count, index) => [`src/${index}.ts`, lines(count)]))
  assert.deepEqual(found(sizes, of(10, 79, 200)), [])
  assert.deepEqual(found(sizes, of(10, 80, 200)), ['.:1'])
})
