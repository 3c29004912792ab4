import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { atEnd } from './scope.ts'

const order: string[] = []

test('what the harness opened is closed after the hooks of the test, the last first', (t) => {
  atEnd(t, () => order.push('first opened'))
  t.after(() => order.push('hook of the test'))
  atEnd(t, () => order.push('last opened'))
})

after(() => assert.deepEqual(order, ['hook of the test', 'last opened', 'first opened']))
