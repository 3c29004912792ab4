import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PLACES_MAX, type Presence } from './presence.ts'

export interface Scene {
  here: Presence
  /** The same in one process, another process over Redis. */
  there: Presence
  /** Lets a time pass: short of `typingTtlMs`, between both, or past `onlineTtlMs`. */
  pass(what: 'a moment' | 'typing' | 'online'): Promise<void>
}

let users = 0
const someone = () => `user-${process.pid}-${users++}`

/** What every implementation keeps. */
export function presenceContract(name: string, make: () => Promise<Scene>): void {
  test(`${name}: who is seen is there, on each interface, for others too`, async () => {
    const { here, there, pass } = await make()
    const [userId, other] = [someone(), someone()]
    await here.seen(userId, 'page')
    await there.seen(userId, 'bot')
    await here.seen(other, 'page')
    await pass('a moment')
    assert.deepEqual(await there.of(userId), { online: ['bot', 'page'], typing: [] })
    assert.deepEqual(await here.of(userId), { online: ['bot', 'page'], typing: [] })
    assert.deepEqual(await here.of(someone()), { online: [], typing: [] })
  })

  test(`${name}: typing counts as seen and ends sooner`, async () => {
    const { here, there, pass } = await make()
    const userId = someone()
    await here.typing(userId, 'page')
    assert.deepEqual(await there.of(userId), { online: ['page'], typing: ['page'] })
    await pass('typing')
    assert.deepEqual(await there.of(userId), { online: ['page'], typing: [] })
  })

  test(`${name}: who gives no sign of life is forgotten, who gives one is not`, async () => {
    const { here, there, pass } = await make()
    const [quiet, lively] = [someone(), someone()]
    await Promise.all([here.seen(quiet, 'page'), here.seen(lively, 'page')])
    await pass('typing')
    await there.seen(lively, 'page')
    await pass('typing')
    await there.seen(lively, 'page')
    await pass('typing')
    assert.deepEqual((await here.of(lively)).online, ['page'])
    await pass('online')
    assert.deepEqual([(await here.of(quiet)).online, (await here.of(lively)).online], [[], []])
  })

  test(`${name}: who left is away from that interface at once, typing included`, async () => {
    const { here, there } = await make()
    const userId = someone()
    await here.typing(userId, 'page')
    await here.seen(userId, 'bot')
    await there.left(userId, 'page')
    await there.left(userId, 'nowhere')
    assert.deepEqual(await there.of(userId), { online: ['bot'], typing: [] })
  })

  test(`${name}: who has sent what they typed is still there and types no more`, async () => {
    const { here, there } = await make()
    const userId = someone()
    await here.typing(userId, 'page')
    await here.wrote(userId, 'page')
    assert.deepEqual(await there.of(userId), { online: ['page'], typing: [] })
    await here.wrote(userId, 'bot')
    assert.deepEqual(await there.of(userId), { online: ['bot', 'page'], typing: [] })
  })

  test(`${name}: who is forgotten is nowhere`, async () => {
    const { here, there } = await make()
    const userId = someone()
    await here.typing(userId, 'page')
    await here.seen(userId, 'bot')
    await here.forget(userId)
    assert.deepEqual(await there.of(userId), { online: [], typing: [] })
  })

  test(`${name}: of more places than anybody is in, the latest are remembered`, async () => {
    const { here, there } = await make()
    const userId = someone()
    for (let n = 0; n < 3 * PLACES_MAX; n += 1) await here.typing(userId, `page ${n}`)
    const { online, typing } = await there.of(userId)
    assert.ok(online.length <= 2 * PLACES_MAX && typing.length <= 2 * PLACES_MAX, `${online.length} ${typing.length}`)
    assert.ok(online.includes(`page ${3 * PLACES_MAX - 1}`))
  })
}
