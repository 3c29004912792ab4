import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { returnAfterMs } from './spread-return.ts'

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('a page that was cut off alone is back within a second', () => {
  fc.assert(fc.property(random, (at) => returnAfterMs(1, () => at) < 1_000))
})

test('the more are cut off at once, the longer they are spread, and never for longer than half a minute and a bit', () => {
  fc.assert(
    fc.property(fc.nat({ max: 200_000 }), random, (streams, at) => {
      const ms = returnAfterMs(streams, () => at)
      assert.ok(ms >= 250 && ms <= 30_250, `${ms}`)
      assert.ok(returnAfterMs(streams + 1_000, () => at) >= ms)
    }),
  )
})

test('of ten thousand pages no second brings back more than a server takes on', () => {
  const returns = Array.from({ length: 10_000 }, (_, index) => returnAfterMs(10_000, () => index / 10_000))
  const perSecond = Map.groupBy(returns, (ms) => Math.floor(ms / 1_000))
  for (const [second, all] of perSecond) assert.ok(all.length <= 510, `${all.length} in second ${second}`)
})
