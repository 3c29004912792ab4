import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createKeyRing, lockUser } from '#domain/identity'
import { inTransaction, isUnavailable } from '#platform/postgres'
import { holdUser } from '#test/hold-user'
import { openRooms } from '#test/rooms'
import { waitFor } from '#test/wait-for'
import type { AcceptItem } from './accept-store.ts'
import { type Accept, beginConversation, createReceiver, type InboundMessage, type Received } from './index.ts'
import { acceptWhenFree } from './wait-while-busy.ts'

const MANY = 20
const rooms = await openRooms()
let sent = 0

async function talker() {
  const person = await rooms.newPerson()
  const choice = { userId: person.userId, personaId: 'arina', interface: 'browser' } as const
  await beginConversation({ ...rooms.settle, catalogue: rooms.catalogue }, choice)
  return person
}

function message(sender: InboundMessage['sender'], text: string, key = String(++sent)): InboundMessage {
  const place =
    'userId' in sender ? { channel: 'web', interface: 'browser' } : { channel: 'telegram', interface: 'bot' }
  const address = 'userId' in sender ? null : sender.identity.externalId
  return { source: 'test', key, sender, ...place, contentType: 'text', text, address, sentAt: null } as InboundMessage
}

function identity(externalId: string, displayName = 'Н'): InboundMessage['sender'] {
  return { identity: { provider: 'telegram', externalId, channel: 'telegram', displayName, locale: 'ru' } }
}

/** The receiver of another process, which has met nobody yet. */
function receiverWith(accept: Accept) {
  const { vault, db, settle } = rooms
  const welcome = { basic: 50, pro: 5, cassandra: 3 }
  return createReceiver({ accept, vault, keys: createKeyRing({ vault, db }), announce: settle.announce, welcome })
}

/** Remembers who was answered when. */
function answers() {
  const told: string[] = []
  const tell = (name: string, deed: Promise<Received>) => deed.then(({ outcome }) => told.push(`${name} ${outcome}`))
  return { told, tell }
}

test('whoever is held waits alone: groups, new people and the held one’s own chat go by', async (t) => {
  const [held, ...others] = await Promise.all(Array.from({ length: 6 }, talker))
  assert.ok(held)
  const release = await holdUser(rooms, held.userId)
  t.after(release)
  const { told, tell } = answers()
  const waiting = [1, 2, 3, 4].flatMap((n) => [
    tell('held page', rooms.receive(message({ userId: held.userId }, `сайт ${n}`))),
    tell('held bot', rooms.receive(message(identity(held.telegramId, 'Новое имя'), `бот ${n}`))),
  ])
  const flowing = others.flatMap(({ userId, telegramId }) => [
    tell('other', rooms.receive(message({ userId }, 'сайт'))),
    tell('other', rooms.receive(message(identity(telegramId), 'бот'))),
  ])
  await Promise.all([...flowing, tell('new', rooms.receive(message(identity('900001'), 'бот')))])
  assert.deepEqual(told.toSorted(), ['new unpaid', ...Array(10).fill('other accepted')])
  await release()
  await Promise.all(waiting)
  const lines = await rooms.history.page(rooms.db, held.userId, { limit: 20 })
  for (const [place, word] of [
    ['browser', 'сайт'],
    ['bot', 'бот'],
  ] as const) {
    const asked = lines.filter((line) => line.role === 'user' && line.interface === place).map(({ text }) => text)
    assert.deepEqual(
      asked,
      [1, 2, 3, 4].map((n) => `${word} ${n}`),
    )
  }
})

test('twenty messages of one sender at once are taken in order, also those of a newcomer', async () => {
  const { userId } = await talker()
  const texts = Array.from({ length: MANY }, (_, index) => `сообщение ${index}`)
  const received = await Promise.all(texts.map((text) => rooms.receive(message({ userId }, text))))
  assert.deepEqual(new Set(received.map(({ outcome }) => outcome)), new Set(['accepted']))
  const seqs = received.map((each) => each.message?.seq ?? 0)
  assert.deepEqual(
    seqs,
    seqs.toSorted((a, b) => a - b),
  )
  const first = await Promise.all(texts.map((text) => rooms.receive(message(identity('900002'), text))))
  assert.deepEqual(
    first.map((each) => each.message?.seq),
    texts.map((_, index) => index + 1),
  )
})

test('first contacts of one person that race in two processes make one user', async () => {
  const processes = [receiverWith(rooms.accept), receiverWith(rooms.accept)]
  const people = Array.from({ length: 5 }, (_, index) => String(910_000 + index))
  for (const person of people) {
    const texts = Array.from({ length: MANY }, (_, index) => `привет ${index}`)
    const received = await Promise.all(
      processes.flatMap((receive) => texts.map((text) => receive(message(identity(person), text)))),
    )
    assert.equal(new Set(received.map(({ userId }) => userId)).size, 1)
    assert.equal(new Set(received.map((each) => each.message?.seq)).size, 2 * MANY)
  }
})

test('who is held for too long is asked to come again, and nothing is written', async (t) => {
  const { userId } = await talker()
  const items: AcceptItem[] = []
  const noting: Accept = (item) => {
    items.push(item)
    return rooms.accept(item)
  }
  await receiverWith(noting)(message({ userId }, 'первое'))
  const again = { ...items[0], key: 'again' } as AcceptItem
  t.after(await holdUser(rooms, userId))
  await assert.rejects(acceptWhenFree(rooms.accept, again, performance.now()), (error) => isUnavailable(error))
  const lines = await rooms.history.page(rooms.db, userId, { limit: 20 })
  assert.deepEqual(
    lines.filter(({ role }) => role === 'user').map(({ text }) => text),
    ['первое'],
  )
})

test('a message that waits while its login is taken away goes to whoever the login brings next', async () => {
  const { userId, telegramId } = await talker()
  await rooms.receive(message(identity(telegramId), 'ещё моё'))
  const outcomes: string[] = []
  const noting: Accept = async (item) => {
    const row = await rooms.accept(item)
    outcomes.push(row.outcome)
    return row
  }
  const late = await inTransaction(rooms.db, async (tx) => {
    await lockUser(tx, userId)
    const receiving = receiverWith(noting)(message(identity(telegramId), 'уже не моё'))
    await waitFor(() => outcomes.includes('busy'))
    await sql`DELETE FROM identities WHERE provider = 'telegram' AND external_id = ${telegramId}`.execute(tx)
    return { receiving }
  })
  const received = await late.receiving
  assert.equal(received.outcome, 'unpaid')
  assert.notEqual(received.userId, userId)
})
