import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slotOf } from './slot-of.ts'

// The cluster specification's own examples; test/redis asks a cluster for more.
test('slots are those of the cluster specification', () => {
  assert.equal(slotOf('123456789'), 0x31c3)
  assert.equal(slotOf('foo'), 12_182)
})

test('what stands in the first braces decides alone, unless it is nothing', () => {
  assert.equal(slotOf('{user1000}.following'), slotOf('user1000'))
  assert.equal(slotOf('foo{{bar}}zap'), slotOf('{bar'))
  assert.equal(slotOf('foo{bar}{zap}'), slotOf('bar'))
  assert.notEqual(slotOf('foo{}{bar}'), slotOf('bar'))
})
