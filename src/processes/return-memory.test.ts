import assert from 'node:assert/strict'
import { test } from 'node:test'
import { returnMemory } from './return-memory.ts'

const MB = 1_000_000
const OBJECTS = 1_000_000

test('what a start has left behind is given back, and nobody else may collect after it', async () => {
  let left: object[] | null = Array.from({ length: OBJECTS }, (_, at) => ({ at, also: [at] }))
  const before = process.memoryUsage().heapTotal
  assert.equal(left.length, OBJECTS)
  left = null
  await returnMemory()
  const givenBack = before - process.memoryUsage().heapTotal
  assert.ok(givenBack > 40 * MB, `${Math.round(givenBack / MB)} MB of ${Math.round(before / MB)}`)
  assert.equal(globalThis.gc, undefined)
})
