import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Live } from './live.ts'

const PATIENCE_MS = 5_000

/** What every implementation keeps. `make` gives two ends: in one process the same one, else of two processes. */
export function liveContract(name: string, make: () => Promise<{ here: Live; there: Live }>): void {
  test(`${name}: an event arrives as its JSON, here and there, in order`, async () => {
    const { here, there } = await make()
    const [first, second] = [collect(), collect()]
    await Promise.all([here.subscribe('user:1', first), there.subscribe('user:1', second)])
    for (let n = 0; n < 500; n += 1) here.publish('user:1', { n, at: new Date(n), nothing: undefined })
    for (const collected of [first, second]) {
      await collected.has(500)
      assert.deepEqual(collected.events[499], { n: 499, at: '1970-01-01T00:00:00.499Z' })
      assert.deepEqual(
        collected.events.map((event) => (event as { n: number }).n),
        Array.from({ length: 500 }, (_, n) => n),
      )
    }
  })

  test(`${name}: publishing does not call subscribers within itself`, async () => {
    const { here } = await make()
    const collected = collect()
    await here.subscribe('later', collected)
    here.publish('later', 1)
    assert.deepEqual(collected.events, [])
    await collected.has(1)
  })

  test(`${name}: topics are apart, and an ended subscription hears nothing more`, async () => {
    const { here, there } = await make()
    const [mine, other, gone] = [collect(), collect(), collect()]
    await there.subscribe('mine', mine)
    await there.subscribe('other', other)
    const end = await there.subscribe('mine', gone)
    await end()
    await end()
    here.publish('mine', 'm')
    here.publish('other', 'o')
    await Promise.all([mine.has(1), other.has(1)])
    assert.deepEqual([mine.events, other.events, gone.events], [['m'], ['o'], []])
  })

  test(`${name}: a topic can be left by all and joined again, also at once`, async () => {
    const { here, there } = await make()
    for (let round = 0; round < 20; round += 1) {
      const end = await there.subscribe('again', collect())
      const ending = end()
      const collected = collect()
      const endSecond = await there.subscribe('again', collected)
      await ending
      here.publish('again', round)
      await collected.has(1)
      assert.deepEqual(collected.events, [round])
      await endSecond()
    }
  })

  test(`${name}: the same subscriber may listen twice and end once`, async () => {
    const { here } = await make()
    const collected = collect()
    const end = await here.subscribe('twice', collected)
    await here.subscribe('twice', collected)
    await end()
    here.publish('twice', 1)
    await collected.has(1)
  })

  test(`${name}: a subscriber that throws or rejects disturbs nobody`, async () => {
    const { here, there } = await make()
    const collected = collect()
    const failing = { event: () => assert.fail('as meant') }
    const rejecting = { event: async () => assert.fail('as meant') }
    for (const end of new Set([here, there])) {
      for (const subscriber of [failing, rejecting, collected]) await end.subscribe('failing', subscriber)
    }
    here.publish('failing', 1)
    await collected.has(here === there ? 1 : 2)
  })

  test(`${name}: what is no JSON is dropped without a throw`, async () => {
    const { here, there } = await make()
    const collected = collect()
    await there.subscribe('json', collected)
    const circle: Record<string, unknown> = {}
    circle.self = circle
    for (const event of [circle, undefined, 1n, () => 1, 'x'.repeat(1_000_001), 'last']) here.publish('json', event)
    await collected.has(1)
    assert.deepEqual(collected.events, ['last'])
  })

  test(`${name}: nothing arrives after close, and publishing into the void is no error`, async () => {
    const { here, there } = await make()
    const collected = collect()
    await there.subscribe('closed', collected)
    await Promise.all([here.close(), there.close()])
    here.publish('closed', 1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.deepEqual(collected.events, [])
  })
}

/** A subscriber that remembers. `has(n)` waits until at least n events, `gapped` until a gap, were told. */
export function collect() {
  const events: unknown[] = []
  let gaps = 0
  const until = async (so: () => boolean) => {
    const deadlineMs = performance.now() + PATIENCE_MS
    while (!so()) {
      if (performance.now() > deadlineMs)
        throw new Error(`${events.length} events and ${gaps} gaps after ${PATIENCE_MS} ms`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
  return {
    events,
    event: (event: unknown) => void events.push(event),
    gap: () => {
      gaps += 1
    },
    gaps: () => gaps,
    has: (count: number) => until(() => events.length >= count),
    gapped: (count = 1) => until(() => gaps >= count),
  }
}
