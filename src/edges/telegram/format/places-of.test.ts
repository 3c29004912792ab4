import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placesOf, spreadOver } from './places-of.ts'

test('each unit of a text comes from where it stands in the source', () => {
  const places = (value: string, source: string, isCode = false) =>
    placesOf(value, source, { start: 0, end: source.length }, isCode)
  assert.deepEqual(places('да', 'да'), [0, 1])
  assert.deepEqual(places('a\nb', 'a  \n > b'), [0, 3, 7])
  assert.deepEqual(places('*a\\', '\\*a\\\\'), [0, 2, 3])
  assert.deepEqual(places('a&b', 'a&amp;b'), [0, 1, 6])
  assert.deepEqual(places('😀b', '&#128512;b'), [0, 0, 9])
  assert.deepEqual(places('&nope;b', '&nope;b'), [0, 1, 2, 3, 4, 5, 6])
  assert.deepEqual(places('\\*&amp;', '\\*&amp;', true), [0, 1, 2, 3, 4, 5, 6])
  assert.deepEqual(places('  a\nb', '\ta\n> b', true), [1, 1, 1, 2, 5])
})

test('a text that is only drawn from the source is spread over it', () => {
  assert.deepEqual(spreadOver('abc', { start: 10, end: 16 }), [10, 12, 14])
})
