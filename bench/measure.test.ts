import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, medianRatio, percentile } from './measure.ts'

test('the median is the middle, or between the two in the middle', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 3, 2]), 2.5)
  assert.equal(median([7]), 7)
  assert.ok(Number.isNaN(median([])))
})

test('a percentile is a value that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  assert.equal(percentile(hundred, 0.99), 99)
  assert.equal(percentile(hundred, 0.5), 50)
  assert.equal(percentile(hundred, 1), 100)
  assert.equal(percentile([5], 0.99), 5)
})

test('ratios are taken pair by pair', () => {
  assert.equal(
    medianRatio([
      [1, 2],
      [10, 10],
      [300, 100],
    ]),
    1,
  )
})
