import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHeldUpdates } from './held-updates.ts'
import type { InboundUpdate } from './inbound-update.ts'

function update(updateId: number, chat: string) {
  const person = { id: chat, displayName: 'Н', username: undefined, locale: 'ru' } as const
  return { kind: 'edited', updateId, person, messageId: 1 } as const
}

function checkoutOf(updateId: number, chat: string) {
  const bill = { payload: 'p', currency: 'XTR', totalAmount: 1 }
  return { ...update(updateId, chat), kind: 'checkout', queryId: 'q', bill } as const
}

/** Settles what it is told to; the rest waits. */
function bench() {
  const begun: number[] = []
  const open = new Map<number, PromiseWithResolvers<void>>()
  const held = createHeldUpdates((given: InboundUpdate) => {
    if (given.kind === 'ignored') return Promise.resolve()
    const waiting = Promise.withResolvers<void>()
    begun.push(given.updateId)
    open.set(given.updateId, waiting)
    return waiting.promise
  })
  return {
    held,
    begun,
    settle: (id: number) => open.get(id)?.resolve(),
    fail: (id: number) => open.get(id)?.reject(id),
  }
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

test('chats go side by side and one chat in order; nothing above the oldest open one is confirmed', async () => {
  const { held, begun, settle } = bench()
  for (const [id, chat] of [
    [10, 'a'],
    [11, 'b'],
    [12, 'a'],
    [13, 'b'],
  ] as const) {
    held.add(update(id, chat))
  }
  held.resume()
  assert.deepEqual(begun, [10, 11])
  settle(11)
  await soon()
  settle(13)
  await soon()
  assert.deepEqual(begun, [10, 11, 13])
  assert.equal(held.offset(14), 10)
  assert.deepEqual(held.progress(), { settled: 2, failure: null })
  // Telegram gives everything from the offset on again, and what is new.
  for (const [id, chat] of [
    [10, 'a'],
    [11, 'b'],
    [12, 'a'],
    [13, 'b'],
    [14, 'c'],
  ] as const) {
    held.add(update(id, chat))
  }
  held.resume()
  assert.deepEqual(begun, [10, 11, 13, 14])
  settle(10)
  await soon()
  assert.equal(held.offset(15), 12)
  settle(12)
  settle(14)
  await held.standstill()
  assert.ok(held.isEmpty())
  assert.equal(held.offset(15), 15)
})

test('a chat whose update fails stands still until it is resumed, and goes on with the same one', async () => {
  const { held, begun, settle, fail } = bench()
  held.add(update(1, 'a'))
  held.add(update(2, 'a'))
  held.add(update(3, 'b'))
  held.resume()
  fail(1)
  settle(3)
  await held.standstill()
  assert.deepEqual(held.progress(), { settled: 1, failure: { error: 1 } })
  assert.equal(held.offset(4), 1)
  held.resume()
  assert.deepEqual(begun, [1, 3, 1])
  settle(1)
  await soon()
  settle(2)
  await held.standstill()
  assert.deepEqual(begun, [1, 3, 1, 2])
  assert.ok(held.isEmpty())
})

test('who is about to pay waits behind nothing, not behind their own chat either', async () => {
  const { held, begun, settle } = bench()
  held.add(update(1, 'a'))
  held.add(update(2, 'a'))
  held.add(checkoutOf(3, 'a'))
  held.add(checkoutOf(4, 'a'))
  held.resume()
  assert.deepEqual(begun, [1, 3, 4])
  settle(3)
  settle(4)
  await soon()
  assert.equal(held.offset(5), 1)
  settle(1)
  await soon()
  settle(2)
  await held.standstill()
  assert.ok(held.isEmpty())
})

test('after a stop each chat ends with the update it is at', async () => {
  const { held, begun, settle } = bench()
  held.add(update(1, 'a'))
  held.add(update(2, 'a'))
  held.resume()
  held.stop()
  settle(1)
  await held.standstill()
  assert.deepEqual(begun, [1])
  assert.equal(held.offset(3), 2)
})
