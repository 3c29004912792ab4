import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { openChats } from '#test/chats'
import { deliverDue } from './deliver-due.ts'
import { failOverdue } from './fail-overdue.ts'

/** More than one batch. */
const CROWD = 130

const chats = await openChats()
const { channel, deps, look, owe, take, newPerson } = chats

beforeEach(() => chats.clear())

test('what waited for longer than its deadline is given up, whether its channel answers or not', async () => {
  const [late, later] = [await newPerson(), await newPerson()]
  await owe(late, 'reply', 2)
  await owe(late, 'proactive')
  await chats.age(late, 71)
  await owe(later, 'notice')
  await chats.age(later, 73)
  channel.awayMs = 60_000
  await failOverdue(deps)
  assert.deepEqual(
    (await look(late)).map(({ state, due }) => `${state} ${due}`),
    ['pending now', 'pending waits', 'failed over'],
  )
  assert.deepEqual(await look(later), [{ state: 'failed', due: 'over', attempts: 0, error: 'expired', outcomes: [] }])
  assert.deepEqual(
    chats.lost.map(({ userId, kind, error }) => [userId, kind, error]),
    [
      [later.userId, 'retry', 'expired'],
      [late.userId, 'retry', 'expired'],
    ],
  )
})

test('a long outage is given up in one go, the waiting ones of each lane too, and each once by two who sweep', async () => {
  const people = await Promise.all(Array.from({ length: CROWD }, newPerson))
  for (const person of people) {
    await owe(person, 'reply', 2)
    await chats.age(person, 100)
  }
  await Promise.all([failOverdue(deps), failOverdue(deps)])
  for (const person of people) {
    assert.deepEqual(
      (await look(person)).map(({ state }) => state),
      ['failed', 'failed'],
    )
  }
  assert.equal(chats.lost.length, 2 * CROWD)
})

test('what is being sent is left alone, and given up when its worker has died', async () => {
  const [reply, push] = [await newPerson(), await newPerson()]
  await owe(reply)
  await owe(push, 'proactive')
  for (const [person, purpose] of [
    [reply, 'reply'],
    [push, 'proactive'],
  ] as const) {
    channel.next = [() => Promise.reject(new Error('killed'))]
    const [row] = await take(purpose)
    assert.ok(row)
    await assert.rejects(deliverDue(deps, row))
    await chats.age(person, 100)
  }
  await failOverdue(deps)
  assert.deepEqual([(await look(reply))[0]?.due, (await look(push))[0]?.due], ['later', 'later'])
  await chats.later()
  await failOverdue(deps)
  const gone = { due: 'over', attempts: 0, error: 'expired', outcomes: ['unknown'] }
  assert.deepEqual(await look(reply), [{ ...gone, state: 'failed' }])
  assert.deepEqual(await look(push), [{ ...gone, state: 'unknown' }], 'it may have come')
})

test('a worker that holds one and has not begun comes too late', async () => {
  const person = await newPerson()
  await owe(person, 'reply', 2)
  const [row] = await take()
  assert.ok(row)
  await chats.age(person, 100)
  await Promise.all([failOverdue(deps), deliverDue(deps, row)])
  assert.deepEqual(channel.sent, [])
  assert.equal(chats.lost.length, 2)
  assert.deepEqual(
    (await look(person)).map(({ state }) => state),
    ['failed', 'failed'],
  )
})

test('a stop ends it between two deliveries', async () => {
  const person = await newPerson()
  await owe(person)
  await chats.age(person, 100)
  await failOverdue(deps, AbortSignal.abort())
  assert.equal((await look(person))[0]?.state, 'pending')
})
