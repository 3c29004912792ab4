import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { createKeyRing } from '#domain/identity'
import { openRooms } from '#test/rooms'
import {
  ACCEPT_LIMITS,
  type Accept,
  acceptInGroups,
  beginConversation,
  createReceiver,
  type InboundMessage,
  type Received,
} from './index.ts'

const RUNS = 15
/** More than wait for one person at once, so that some are told to come again. */
const MANY = 1_000
const NEWCOMERS = 120

const rooms = await openRooms()
const WELCOME = { basic: 50, pro: 5, cassandra: 3 }
let sent = 0
let known = 0

/** A process of its own: it knows nobody, and shares nothing but the database. */
function anotherProcess(accept: Accept = acceptInGroups(rooms.pool, ACCEPT_LIMITS)) {
  const { vault, db, settle } = rooms
  return createReceiver({
    accept,
    vault,
    keys: createKeyRing({ vault, db }),
    announce: settle.announce,
    welcome: WELCOME,
  })
}

async function talker(): Promise<string> {
  const { userId } = await rooms.newPerson()
  const choice = { userId, personaId: 'arina', interface: 'browser' } as const
  await beginConversation({ ...rooms.settle, catalogue: rooms.catalogue }, choice)
  await sql`UPDATE credit_balances SET available = 100000 WHERE user_id = ${userId}`.execute(rooms.db)
  return userId
}

function onPage(userId: string, text: string, key = String(++sent)): InboundMessage {
  const sender = { userId }
  const place = { channel: 'web', interface: 'browser', address: null } as const
  return { source: 'page', key, sender, ...place, contentType: 'text', text, sentAt: null }
}

function inChat(externalId: string, text: string, key = String(++sent)): InboundMessage {
  const identity = { provider: 'telegram', externalId, channel: 'telegram', displayName: 'Н', locale: 'ru' } as const
  const place = { channel: 'telegram', interface: 'bot', address: externalId } as const
  return { source: 'bot', key, sender: { identity }, ...place, contentType: 'text', text, sentAt: null }
}

const newcomer = () => `${700_000 + ++known}`

type Kind = 'page' | 'newcomer' | 'photo' | 'again' | 'altered' | 'gone' | 'broken'
const KINDS: Kind[] = ['page', 'newcomer', 'photo', 'again', 'altered', 'gone', 'broken']

/** What each kind of message must come to, whatever else is in its group. */
const OUTCOMES: Record<Kind, string> = {
  page: 'accepted',
  newcomer: 'unpaid',
  photo: 'unreadable',
  again: 'duplicate',
  altered: 'mismatch',
  gone: 'user_gone',
  broken: 'failed',
}

test('in any mix each message comes to what it would have come to alone: a bad one fails, all others go through', async () => {
  const people = await Promise.all(Array.from({ length: 40 }, talker))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: people.length }), async (kinds) => {
      const prepared = await Promise.all(kinds.map((kind, index) => messageOf(kind, people[index] ?? '')))
      const receive = anotherProcess()
      const got = await Promise.all(
        prepared.map((message) =>
          receive(message).then(
            (received) => received.outcome as string,
            () => 'failed',
          ),
        ),
      )
      assert.deepEqual(
        got,
        kinds.map((kind) => OUTCOMES[kind]),
      )
    }),
    { numRuns: RUNS },
  )
  const { rows } = await sql<{ torn: number }>`
    SELECT count(*)::integer AS torn FROM messages m
    WHERE role = 'user' AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.user_id = m.user_id AND r.message_id = m.id)
  `.execute(rooms.db)
  assert.equal(rows[0]?.torn, 0)
})

async function messageOf(kind: Kind, userId: string): Promise<InboundMessage> {
  if (kind === 'page') return onPage(userId, 'привет')
  if (kind === 'newcomer') return inChat(newcomer(), 'привет')
  if (kind === 'photo') return { ...inChat(newcomer(), ''), contentType: 'photo' }
  if (kind === 'gone') return onPage('01890000-0000-7000-8000-0000000000ff', 'привет')
  // PostgreSQL takes no zero byte in a text: the whole statement fails by it.
  if (kind === 'broken') return onPage(userId, 'привет', `${++sent}\0`)
  const first = onPage(userId, 'привет')
  await rooms.receive(first)
  return kind === 'again' ? first : { ...first, text: 'другое' }
}

test('a thousand messages of one person hold up nobody: whoever writes after them is answered long before the last', async () => {
  const [eager, ...others] = await Promise.all(Array.from({ length: 21 }, talker))
  const told: string[] = []
  const tell = (name: string, deed: Promise<Received>) =>
    deed.then(
      ({ outcome }) => told.push(`${name} ${outcome}`),
      () => told.push(`${name} again`),
    )
  const flood = Array.from({ length: MANY }, (_, n) => tell('eager', rooms.receive(onPage(eager ?? '', `${n}`))))
  const after = others.map((userId) => tell('other', rooms.receive(onPage(userId, 'а я после'))))
  await Promise.all([...flood, ...after])
  const taken = told.filter((each) => each !== 'eager again')
  const flooded = taken.filter((each) => each.startsWith('eager')).length
  assert.ok(flooded > 100 && flooded < MANY, `${flooded} were taken`)
  const ahead = taken.slice(0, taken.lastIndexOf('other accepted')).filter((each) => each.startsWith('eager')).length
  assert.equal(taken.filter((each) => each === 'other accepted').length, others.length)
  assert.ok(ahead < others.length, `${ahead} of the flood went before the last of the others`)
})

test('crowds of newcomers that reach two processes in opposite orders make each person once, and no circle of waiting', async () => {
  const crowd = Array.from({ length: NEWCOMERS }, newcomer)
  const deadlocks = async () => {
    const { rows } = await sql<{ deadlocks: number }>`
      SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()`.execute(rooms.db)
    return rows[0]?.deadlocks ?? Number.NaN
  }
  const before = await deadlocks()
  const [one, other] = [anotherProcess(), anotherProcess()]
  const received = await Promise.all([
    ...crowd.map((id) => one(inChat(id, 'привет'))),
    ...crowd.toReversed().map((id) => other(inChat(id, 'это снова я'))),
  ])
  assert.deepEqual(new Set(received.map(({ outcome }) => outcome)), new Set(['unpaid']))
  assert.equal(new Set(received.map(({ userId }) => userId)).size, crowd.length)
  const { rows } = await sql<{ grants: number; users: number }>`
    SELECT count(*)::integer AS grants, count(DISTINCT user_id)::integer AS users FROM ledger_transfers
    WHERE reason = 'welcome' AND type = 'basic' AND user_id = ANY(${received.map(({ userId }) => userId)}::uuid[])
  `.execute(rooms.db)
  assert.deepEqual(rows[0], { grants: crowd.length, users: crowd.length })
  assert.equal(await deadlocks(), before)
})
