import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnavailable } from '#platform/postgres'
import { createOneAtATime } from './one-at-a-time.ts'

test('deeds of one key go one after another in the order in which they came, also past one that fails', async () => {
  const inTurn = createOneAtATime()
  const told: string[] = []
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const deeds = [
    inTurn('a', async () => {
      await gate
      told.push('first')
    }),
    inTurn('a', () => Promise.reject(new Error('second'))),
    inTurn('a', async () => {
      told.push('third')
    }),
  ]
  await inTurn('b', async () => {
    told.push('other')
  })
  assert.deepEqual(told, ['other'])
  open()
  const settled = await Promise.allSettled(deeds)
  assert.deepEqual(
    settled.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(told, ['other', 'first', 'third'])
})

test('a line that is too long is closed, and open again when it is done', async () => {
  const inTurn = createOneAtATime()
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const deeds = Array.from({ length: 1_000 }, () => inTurn('a', () => gate))
  const settled = Promise.allSettled(deeds)
  await assert.rejects(
    inTurn('a', () => gate),
    (error) => isUnavailable(error),
  )
  open()
  assert.ok((await settled).some(({ status }) => status === 'fulfilled'))
  await inTurn('a', async () => {})
})
