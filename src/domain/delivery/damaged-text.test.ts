import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { openChats } from '#test/chats'
import { deliverDue } from './deliver-due.ts'

const chats = await openChats()
const { deps, look, owe, take, newPerson } = chats

beforeEach(() => chats.clear())

test('a text that is damaged is given up after as many tries as any, and what waits behind it comes', async () => {
  const person = await newPerson()
  await owe(person, 'reply', 2)
  const damaged: typeof deps.contentOf = (delivery) =>
    delivery.part === 1 ? Promise.reject(new TypeError('damaged')) : deps.contentOf(delivery)
  for (let rounds = 0; rounds <= deps.policy.maxAttempts; rounds += 1) {
    await chats.later()
    // What a worker does with a row whose handler threw is to leave it for later.
    await Promise.allSettled((await take()).map((row) => deliverDue({ ...deps, contentOf: damaged }, row)))
  }
  const [first, second] = await look(person)
  assert.deepEqual([first?.state, first?.error], ['failed', 'unreadable TypeError'])
  assert.equal(second?.state, 'sent')
  assert.deepEqual(
    chats.lost.map(({ kind }) => kind),
    ['retry'],
  )
})

test('a text that cannot be read because the database is away was not tried', async () => {
  const person = await newPerson()
  await owe(person)
  const away = () => Promise.reject(Object.assign(new Error('away'), { code: '57P01' }))
  const [row] = await take()
  assert.ok(row)
  await assert.rejects(deliverDue({ ...deps, contentOf: away }, row))
  assert.deepEqual((await look(person))[0]?.outcomes, [])
})
