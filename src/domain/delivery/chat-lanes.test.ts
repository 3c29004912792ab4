import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { lockUser, lockUsers } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { openChats, type Person } from '#test/chats'
import { standingStill } from '#test/hold-writers'
import { waitFor } from '#test/wait-for'
import { deliverDue } from './deliver-due.ts'
import { insertDeliveries, insertNotice } from './delivery-store.ts'
import { giveUpAddress } from './give-up-store.ts'
import { deliveryPart } from './merge-deliveries-store.ts'

const RACES = 200
const MOMENT_MAX_MS = 4

const chats = await openChats()
const { db, pool, channel, deps, look, owe, take, newPerson } = chats

beforeEach(() => chats.clear())

async function deliver(): Promise<void> {
  await Promise.all((await take()).map((row) => deliverDue(deps, row)))
}

const dues = async (person: Person) => (await look(person)).map(({ due }) => due)

/** A transaction that has added to the chat and not committed yet. */
async function addSlowly(person: Person): Promise<() => Promise<void>> {
  const { promise: held, resolve: commit } = Promise.withResolvers<void>()
  const { promise: added, resolve: tellAdded } = Promise.withResolvers<void>()
  const done = inTransaction(db, async (tx) => {
    const parts = [{ start: 0, end: 1 }]
    const at = { channel: 'telegram', interface: 'bot', address: person.telegramId, turnId: null } as const
    const messageId = randomUUID()
    await insertDeliveries(tx, { ...at, userId: person.userId, messageId, purpose: 'reply', parts })
    tellAdded()
    await held
  })
  await added
  return async () => {
    commit()
    await done
  }
}

test('whatever is added while something ends, no lane falls asleep and none has two at once', async () => {
  for (let round = 0; round < RACES; round += 1) {
    const person = await newPerson()
    await owe(person)
    const add = async () => {
      await sleep(randomInt(MOMENT_MAX_MS))
      await owe(person)
    }
    const notice = {
      userId: person.userId,
      channel: 'telegram',
      address: person.telegramId,
      notice: { key: 'k' },
    } as const
    await Promise.all([deliver(), add(), sleep(randomInt(MOMENT_MAX_MS)).then(() => insertNotice(db, notice))])
    const open = (await dues(person)).filter((due) => due !== 'over')
    assert.deepEqual(open.toSorted(), ['now', 'waits'].slice(0, open.length), `round ${round}`)
    assert.equal(open.length, 2)
    await chats.clear()
  }
})

test('whoever ends something while another is being added waits for it, without a connection, and wakes it', async () => {
  const person = await newPerson()
  await owe(person)
  const commit = await addSlowly(person)
  let ended = false
  const delivered = deliver().then(() => {
    ended = true
  })
  await waitFor(() => channel.sent.length === 1)
  const other = await newPerson()
  await owe(other)
  await deliver()
  assert.deepEqual(await dues(other), ['over'], 'who comes later goes by')
  assert.equal(ended, false)
  await commit()
  await delivered
  assert.deepEqual(await dues(person), ['over', 'now'])
})

test('what is added while something ends waits for that, and is due at once', async () => {
  const person = await newPerson()
  await owe(person)
  const [row] = await take()
  const client = await pool.connect()
  await client.query('BEGIN')
  const settle = `SELECT verdict FROM settle_attempts(ARRAY[$1]::uuid[], ARRAY[$2]::bigint[], '{telegram}', ARRAY[$3],
    '{reply}', '{sent}', '{sent}', '{NULL}', '{1}', '{1}', '{NULL}')`
  const { rows } = await client.query(settle, [row?.id, row?.lease_token, person.telegramId])
  assert.deepEqual(rows, [{ verdict: 'settled' }])
  const added = owe(person)
  await standingStill(chats, 1)
  await client.query('COMMIT')
  client.release()
  await added
  assert.deepEqual(await dues(person), ['over', 'now'])
})

test('one chat that is busy or one row that is held holds up none of the others', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, newPerson))
  for (const person of people) await owe(person)
  const [adding, held, ...others] = people
  assert.ok(adding && held)
  const commit = await addSlowly(adding)
  const client = await pool.connect()
  await client.query('BEGIN')
  const rows = await take()
  await client.query('SELECT FROM deliveries WHERE address = $1 FOR UPDATE', [held.telegramId])
  const all = Promise.all(rows.map((row) => deliverDue(deps, row)))
  await waitFor(async () => (await Promise.all(others.map(dues))).every(([due]) => due === 'over'))
  assert.deepEqual(await dues(held), ['later'])
  await client.query('COMMIT')
  client.release()
  await commit()
  await all
  assert.deepEqual([await dues(adding), await dues(held)], [['over', 'now'], ['over']])
})

test('a login that goes takes what is open with it, and what others have in that chat goes on', async () => {
  const [person, other] = [await newPerson(), await newPerson()]
  await owe(person, 'reply', 2)
  await owe(person, 'proactive')
  await owe({ ...person, userId: other.userId }, 'reply', 2)
  const [row] = await take()
  assert.ok(row)
  channel.next = [
    async () => {
      await inTransaction(db, async (tx) => {
        await lockUser(tx, person.userId)
        await giveUpAddress(tx, { userId: person.userId, channel: 'telegram', address: person.telegramId })
      })
      return { kind: 'sent', externalId: '1' }
    },
  ]
  await deliverDue(deps, row)
  assert.deepEqual(
    (await look(person)).map(({ state, due }) => `${state} ${due}`),
    ['unknown over', 'failed over', 'failed over', 'pending now', 'pending waits'],
  )
})

test('a merge in the midst of a send: it is settled for whoever it is now, and the lane goes on', async () => {
  for (const undo of [false, true]) {
    await chats.clear()
    const [person, survivor] = [await newPerson(), await newPerson()]
    await owe(undo ? { ...person, userId: survivor.userId } : person, 'reply', 2)
    const merge = { id: '', absorbedId: person.userId, survivorId: survivor.userId, mergedAt: new Date() }
    const move = () =>
      inTransaction(db, async (tx) => {
        await lockUsers(tx, [person.userId, survivor.userId])
        await sql`CREATE TEMP TABLE merged_lines ON COMMIT DROP AS
          SELECT message_id, ${person.userId}::uuid AS user_id FROM deliveries`.execute(tx)
        await (undo ? deliveryPart.undo(tx, merge, {}) : deliveryPart.merge(tx, merge))
        await sleep(MOMENT_MAX_MS)
      })
    let moved: Promise<void> | undefined
    channel.next = [
      async () => {
        moved = move()
        await sleep(1)
        return { kind: 'sent', externalId: '1' }
      },
    ]
    await deliver()
    await moved
    assert.deepEqual(
      (await look(person)).map(({ state, due }) => `${state} ${due}`),
      ['sent over', 'pending now'],
    )
    const { rows } = await sql`SELECT DISTINCT user_id FROM deliveries`.execute(db)
    assert.deepEqual(rows, [{ user_id: undo ? person.userId : survivor.userId }])
  }
})
