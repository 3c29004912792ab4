import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSeal } from './seal-event.ts'

const seal = createSeal(randomBytes(32))
const bytes = fc.uint8Array().map((array) => Buffer.from(array))

test('what was sealed opens on its own topic only, and never after a change', () => {
  fc.assert(
    fc.property(fc.string(), bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (topic, plain, at, flip) => {
      const sealed = seal.close(topic, plain)
      assert.deepEqual(seal.open(topic, sealed), plain)
      assert.equal(seal.open(`${topic}x`, sealed), undefined)
      const changed = Buffer.from(sealed)
      changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ flip
      assert.equal(seal.open(topic, changed), undefined)
      assert.equal(seal.open(topic, sealed.subarray(0, at % sealed.length)), undefined)
    }),
  )
})

test('the same event never looks the same, and a short key is refused', () => {
  assert.notDeepEqual(seal.close('t', Buffer.from('x')), seal.close('t', Buffer.from('x')))
  assert.throws(() => createSeal(Buffer.alloc(16)), RangeError)
})
