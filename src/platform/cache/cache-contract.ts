import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { type Cache, VALUE_BYTES_MAX } from './cache.ts'

export interface Scene {
  here: Cache
  /** The same in one process, another process over Redis. */
  there: Cache
  /** Lets more time pass than a value that was kept for `SHORT_MS` has. */
  passShort(): Promise<void>
}

export const SHORT_MS = 100
const LONG_MS = 3_600_000

/** What every implementation keeps. */
export function cacheContract(name: string, make: () => Promise<Scene>): void {
  test(`${name}: what one puts in another finds, byte for byte`, async () => {
    const { here, there } = await make()
    const value = randomBytes(VALUE_BYTES_MAX)
    await here.set('a', value, LONG_MS)
    assert.deepEqual(await there.get('a'), value)
    assert.equal(await there.get('b'), null)
    await there.set('a', Buffer.from('newer'), LONG_MS)
    assert.equal((await here.get('a'))?.toString(), 'newer')
  })

  test(`${name}: what is forgotten is gone, also where nothing was`, async () => {
    const { here, there } = await make()
    await here.set('a', Buffer.from('value'), LONG_MS)
    await there.forget('a')
    await there.forget('a')
    assert.equal(await here.get('a'), null)
  })

  test(`${name}: a value has an end, and one that is put in again a new one`, async () => {
    const { here, there, passShort } = await make()
    for (const key of ['a', 'b']) await here.set(key, Buffer.from('value'), SHORT_MS)
    await there.set('b', Buffer.from('value'), LONG_MS)
    await passShort()
    assert.equal(await there.get('a'), null)
    assert.ok(await there.get('b'))
  })

  test(`${name}: what is too large is not kept, and what it was to replace is gone`, async () => {
    const { here, there } = await make()
    await here.set('a', Buffer.from('old'), LONG_MS)
    await here.set('a', Buffer.alloc(VALUE_BYTES_MAX + 1), LONG_MS)
    assert.equal(await there.get('a'), null)
  })
}
