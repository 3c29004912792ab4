import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Row, verdictOf } from './row.ts'

const ratio: Row = { what: 'ratio', value: 0, unit: '', floor: 0.6, goal: 0.85, better: 'more' }
const latency: Row = { what: 'latency', value: 0, unit: 'ms', floor: 50, goal: 20, better: 'less' }

test('a figure is judged by its floor and by its goal', () => {
  assert.equal(verdictOf({ ...ratio, value: 0.59 }), 'BELOW FLOOR')
  assert.equal(verdictOf({ ...ratio, value: 0.6 }), 'floor met')
  assert.equal(verdictOf({ ...ratio, value: 0.85 }), 'goal met')
  assert.equal(verdictOf({ ...latency, value: 51 }), 'BELOW FLOOR')
  assert.equal(verdictOf({ ...latency, value: 50 }), 'floor met')
  assert.equal(verdictOf({ ...latency, value: 20 }), 'goal met')
})

test('without a floor nothing is a must', () => {
  assert.equal(verdictOf({ ...latency, floor: null, value: 21 }), 'short of goal')
  assert.equal(verdictOf({ ...latency, floor: null, goal: null, value: 21 }), '')
})
