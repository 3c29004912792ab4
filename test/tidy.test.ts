import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RULES } from './tidy/rules.ts'
import { readTree } from './tidy/tree.ts'
import { printViolation } from './tidy/violation.ts'

const tree = readTree(new URL('..', import.meta.url).pathname)

for (const { promise, check } of RULES) {
  test(promise, () => {
    const violations = check(tree)
    if (violations.length > 0) assert.fail(['', ...violations.map(printViolation)].join('\n'))
  })
}
