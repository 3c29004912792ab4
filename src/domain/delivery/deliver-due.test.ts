import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { createLeases } from '#platform/leases'
import { createDatabase } from '#platform/postgres'
import { openChats, standOn } from '#test/chats'
import { throwawayPostgres } from '#test/postgres'
import { silentLog } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { deliverDue } from './deliver-due.ts'
import { DELIVERY_QUEUE } from './delivery-queue-store.ts'

const chats = await openChats()
const { db, channel, deps, look, owe, take, newPerson } = chats

beforeEach(() => chats.clear())

/** Delivers whatever is due, once. */
async function deliver(purpose?: 'proactive'): Promise<void> {
  await Promise.all((await take(purpose)).map((row) => deliverDue(deps, row)))
}

const OVER = { due: 'over', error: null } as const

test('a message goes out part by part, each with its attempt, and wakes the next', async () => {
  const person = await newPerson()
  await owe(person, 'reply', 3)
  for (const sent of [1, 2, 3]) {
    await deliver()
    assert.equal(channel.sent.length, sent)
    assert.equal(chats.woken(), Math.min(sent, 2), 'nobody is woken when nothing waits')
  }
  assert.deepEqual(
    channel.sent.map(({ text, attempt }) => [text.split(' ')[1], attempt]),
    [
      ['1', 1],
      ['2', 1],
      ['3', 1],
    ],
  )
  assert.deepEqual(await look(person), Array(3).fill({ ...OVER, state: 'sent', attempts: 1, outcomes: ['sent'] }))
  const measured = { outcome: 'sent', purpose: 'reply', attempt: 1, state: 'sent', final: true }
  assert.deepEqual(chats.settled, Array(3).fill(measured))
})

test('many at once are sent and settled each by itself', async () => {
  const people = await Promise.all(Array.from({ length: 40 }, newPerson))
  await Promise.all(people.map((person) => owe(person)))
  channel.next = Array.from({ length: 20 }, () => ({ kind: 'refused', error: '400' }))
  await deliver()
  const states = (await Promise.all(people.map(look))).map(([only]) => only?.state)
  assert.equal(states.filter((state) => state === 'sent').length, 20)
  assert.equal(states.filter((state) => state === 'failed').length, 20)
  assert.equal(chats.lost.length, 20)
})

test('a chat that is not to be written to now keeps its place, and nothing was tried', async () => {
  const person = await newPerson()
  await owe(person)
  for (const wait of [{ paceMs: 5_000 }, { awayMs: 5_000 }]) {
    Object.assign(channel, { paceMs: 0, awayMs: 0 }, wait)
    await chats.later()
    await deliver()
    assert.deepEqual(await look(person), [{ state: 'pending', due: 'later', attempts: 0, error: null, outcomes: [] }])
  }
  const { rows } = await sql`SELECT lease_attempts FROM deliveries WHERE address = ${person.telegramId}`.execute(db)
  assert.deepEqual(rows, [{ lease_attempts: 0 }])
  Object.assign(channel, { paceMs: 0, awayMs: 0 })
  await chats.later()
  await deliver()
  assert.equal(channel.sent[0]?.attempt, 1)
})

test('while replies take every place an opening line lets them go first, but not those behind it in its own chat for ever', async () => {
  const person = await newPerson()
  await owe(person, 'opening')
  await owe(person, 'reply')
  const keepsPace = channel.pace
  channel.pace = async (_, purpose) => (purpose === 'opening' ? 300 : 0)
  try {
    await deliver()
    assert.equal(channel.sent.length, 0)
    for (let rounds = 0; rounds < 10; rounds += 1) {
      await chats.later()
      await deliver()
    }
  } finally {
    channel.pace = keepsPace
  }
  assert.deepEqual(
    (await look(person)).map(({ state }) => state),
    ['sent', 'sent'],
  )
})

test('a reply never waits behind what nobody asked for, nor the other way round', async () => {
  const person = await newPerson()
  await owe(person, 'proactive', 2)
  await owe(person, 'reply', 2)
  assert.deepEqual(
    (await look(person)).map(({ due }) => due),
    ['now', 'waits', 'now', 'waits'],
  )
  await deliver()
  await deliver()
  assert.equal(channel.sent.length, 2)
  await deliver('proactive')
  assert.deepEqual(
    (await look(person)).map(({ state, due }) => `${state} ${due}`),
    ['sent over', 'pending now', 'sent over', 'sent over'],
  )
})

test('a worker that died while sending leaves one more try, and two of them none', async () => {
  const person = await newPerson()
  await owe(person)
  for (const died of [1, 2]) {
    channel.next = [() => Promise.reject(new Error('killed'))]
    const [row] = await take()
    assert.ok(row)
    await assert.rejects(deliverDue(deps, row))
    assert.equal(channel.sent.length, died)
    await chats.later()
  }
  await deliver()
  assert.equal(channel.sent.length, 2, 'not a third time')
  const unknown = { state: 'unknown', due: 'over', attempts: 0, error: 'interrupted', outcomes: [null, null] }
  assert.deepEqual(await look(person), [unknown])
  assert.deepEqual(chats.settled, [{ outcome: 'unknown', purpose: 'reply', attempt: 2, state: 'unknown', final: true }])
  assert.deepEqual(chats.lost, [], 'it may have come')
})

test('what nobody asked for is not sent again after its worker died', async () => {
  const person = await newPerson()
  await owe(person, 'proactive')
  channel.next = [() => Promise.reject(new Error('killed'))]
  const [row] = await take('proactive')
  assert.ok(row)
  await assert.rejects(deliverDue(deps, row))
  await chats.later()
  await deliver('proactive')
  assert.equal(channel.sent.length, 1)
  assert.equal((await look(person))[0]?.state, 'unknown')
})

test('what an operator owes anew is sent, whatever may have arrived before', async () => {
  const person = await newPerson()
  await owe(person)
  for (const _ of [1, 2]) {
    channel.next = [{ kind: 'unknown', error: '500' }]
    await deliver()
    await chats.later()
  }
  assert.equal((await look(person))[0]?.state, 'unknown')
  await sql`UPDATE deliveries SET state = 'pending', due_at = now(), finished_at = NULL, owed_at = clock_timestamp()
            WHERE address = ${person.telegramId}`.execute(db)
  await deliver()
  assert.equal((await look(person))[0]?.state, 'sent')
  assert.equal(chats.settled.at(-1)?.attempt, 3)
})

test('what is over its deadline is not sent any more, and is lost', async () => {
  const person = await newPerson()
  await owe(person)
  await chats.age(person, 73)
  await deliver()
  assert.deepEqual(channel.sent, [])
  assert.deepEqual(await look(person), [{ state: 'failed', due: 'over', attempts: 0, error: 'expired', outcomes: [] }])
  assert.deepEqual(chats.lost, [{ userId: person.userId, kind: 'retry', error: 'expired' }])
})

test('whoever lost its lease before the attempt sends nothing', async () => {
  const person = await newPerson()
  await owe(person)
  const [first] = await take()
  await chats.later()
  const [second] = await take()
  assert.ok(first && second)
  await deliverDue(deps, first)
  assert.deepEqual(channel.sent, [])
  await deliverDue(deps, second)
  assert.equal((await look(person))[0]?.state, 'sent')
})

test('whoever lost its lease while sending records its own attempt and nothing else', async () => {
  const person = await newPerson()
  await owe(person, 'reply', 2)
  for (const late of [
    { kind: 'sent', externalId: '1' },
    { kind: 'refused', error: '400' },
  ] as const) {
    channel.next = [
      async () => {
        await chats.later()
        await take()
        return late
      },
    ]
    await deliver()
    const [first, second] = await look(person)
    assert.deepEqual([first?.due, second?.due], ['later', 'waits'])
    assert.equal(first?.outcomes.at(-1), late.kind)
    await chats.later()
  }
  assert.deepEqual([chats.lost, chats.settled, chats.woken()], [[], [], 0])
})

test('two holders that settle at once: the newer one counts', async () => {
  for (let round = 0; round < 30; round += 1) {
    await chats.clear()
    const person = await newPerson()
    await owe(person, 'reply', 2)
    const [first] = await take()
    const { promise: bothSent, resolve: letBoth } = Promise.withResolvers<void>()
    channel.next = [
      () => bothSent.then(() => ({ kind: 'refused', error: 'older' })),
      async () => {
        letBoth()
        return { kind: 'sent', externalId: 'newer' }
      },
    ]
    assert.ok(first)
    const older = deliverDue(deps, first)
    await waitFor(() => channel.sent.length === 1)
    await chats.later()
    const [second] = await take()
    assert.ok(second)
    await Promise.all([older, deliverDue(deps, second)])
    const [ended, next] = await look(person)
    assert.deepEqual([ended?.state, ended?.outcomes, next?.due], ['sent', ['refused', 'sent'], 'now'])
    assert.deepEqual(chats.lost, [])
  }
})

test('what is lost of somebody who became somebody else meanwhile is theirs who they are now, and back again', async () => {
  const [person, survivor] = [await newPerson(), await newPerson()]
  const point = async (from: string, to: string | null, ownerId: string) => {
    await sql`UPDATE users SET merged_into = ${to} WHERE id = ${from}`.execute(db)
    await sql`UPDATE deliveries SET user_id = ${ownerId} WHERE address = ${person.telegramId}`.execute(db)
  }
  for (const [to, ownerId] of [
    [survivor.userId, survivor.userId],
    [null, person.userId],
  ] as const) {
    await owe({ ...person, userId: to === null ? survivor.userId : person.userId })
    channel.next = [
      async () => {
        await point(person.userId, to, ownerId)
        return { kind: 'refused', error: '400' }
      },
    ]
    await deliver()
    assert.equal(chats.lost.at(-1)?.userId, ownerId)
  }
})

test('what came is known although the database was away when it was to be written down', async (t) => {
  const server = await throwawayPostgres(t)
  const own = createDatabase({ connectionString: server.connectionString, maxConnections: 3, log: silentLog })
  t.after(() => own.close())
  await sql`INSERT INTO deliveries (id, user_id, channel, interface, address, message_id, purpose, state, due_at)
    VALUES (gen_random_uuid(), gen_random_uuid(), 'telegram', 'bot', '1', gen_random_uuid(), 'reply', 'pending', now())
  `.execute(own.db)
  const [row] = await createLeases(own).take(DELIVERY_QUEUE, { limit: 1, leaseMs: 60_000 })
  assert.ok(row)
  let back: Promise<void> | undefined
  channel.next = [
    async () => {
      await server.stop()
      back = server.start()
      return { kind: 'sent', externalId: '7' }
    },
  ]
  await deliverDue({ ...deps, ...standOn(own.db) }, row, new AbortController().signal)
  await back
  const { rows } = await sql`SELECT state, external_id FROM deliveries`.execute(own.db)
  assert.deepEqual(rows, [{ state: 'sent', external_id: '7' }])
})
