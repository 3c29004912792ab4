import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import type { Purpose } from './channel.ts'
import { insertDeliveries } from './delivery-store.ts'
import { listDeliveries } from './list-deliveries.ts'
import { takeBackMessage } from './message-fates-store.ts'
import { findRecord, oweAgain } from './operator-store.ts'
import { sendAgain } from './send-again.ts'

const RACES = 60
const PAGE = 3

const { db, newPerson } = await openRooms()

/** Owes a person's chat one more piece; gives its id. */
async function owe({ userId, telegramId }: { userId: string; telegramId: string }, purpose: Purpose = 'reply') {
  const messageId = randomUUID()
  await inTransaction(db, (tx) =>
    insertDeliveries(tx, {
      userId,
      messageId,
      turnId: null,
      purpose,
      channel: 'telegram',
      interface: 'bot',
      address: telegramId,
      parts: [{ start: 0, end: 1 }],
    }),
  )
  const { rows } = await sql<{ id: string }>`SELECT id FROM deliveries WHERE message_id = ${messageId}`.execute(db)
  return rows[0]?.id ?? ''
}

/** Ends it as a worker would, with the chat locked. */
function end(id: string, state: 'failed' | 'unknown' | 'sent') {
  return inTransaction(db, async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(chat_key(channel, address)) FROM deliveries WHERE id = ${id}`.execute(tx)
    await sql`
      UPDATE deliveries SET state = ${state}, due_at = NULL, attempts = 8, finished_at = clock_timestamp() WHERE id = ${id}
    `.execute(tx)
    await sql`SELECT wake_lane(channel, address, purpose) FROM deliveries WHERE id = ${id}`.execute(tx)
  })
}

const again = (id: string) => inTransaction(db, (tx) => sendAgain(tx, id))

/** What each is: due now, waiting in its lane, or over. */
async function dues(ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ due: string }>`
    SELECT CASE WHEN due_at IS NULL THEN 'over' WHEN due_at = 'infinity' THEN 'waits' ELSE 'due' END AS due
    FROM deliveries WHERE id = ANY(${ids}::uuid[]) ORDER BY position
  `.execute(db)
  return rows.map(({ due }) => due)
}

test('sent again in a quiet chat it is due at once, its attempts and its deadline anew', async () => {
  const person = await newPerson()
  const id = await owe(person)
  await sql`UPDATE deliveries SET owed_at = now() - interval '80 h' WHERE id = ${id}`.execute(db)
  await end(id, 'failed')
  assert.equal(await again(id), 'owed')
  assert.deepEqual(await dues([id]), ['due'])
  const record = await findRecord(db, id)
  assert.deepEqual([record?.state, record?.attempts, record?.finishedAt], ['pending', 0, null])
  assert.ok(Date.parse(record?.owedAt ?? '') > Date.parse(record?.createdAt ?? '') - 1)
})

test('it waits for what is open in its chat, and comes before what was made after it', async () => {
  const person = await newPerson()
  const ids = [await owe(person), await owe(person), await owe(person)]
  const [lost = '', open = ''] = ids
  await end(lost, 'failed')
  assert.equal(await again(lost), 'owed')
  assert.deepEqual(await dues(ids), ['waits', 'due', 'waits'])
  await end(open, 'sent')
  assert.deepEqual(await dues(ids), ['due', 'over', 'waits'])
  await end(lost, 'sent')
  assert.deepEqual(await dues(ids), ['over', 'over', 'due'])
})

test('what nobody asked for is in nobody’s way, and has nobody in its own', async () => {
  const person = await newPerson()
  const ids = [await owe(person, 'proactive'), await owe(person)]
  await end(ids[0] ?? '', 'unknown')
  await again(ids[0] ?? '')
  assert.deepEqual(await dues(ids), ['due', 'due'])
})

test('however a lane’s last one ends while another is sent again, one of the lane is due', async () => {
  for (let round = 0; round < RACES; round += 1) {
    const person = await newPerson()
    const [lost, open] = [await owe(person), await owe(person)]
    await end(lost, 'failed')
    const [outcome] = await Promise.all([again(lost), end(open, 'sent'), owe(person)])
    assert.equal(outcome, 'owed')
    const { rows } = await sql<{ due: number; open: number }>`
      SELECT count(*) FILTER (WHERE due_at < 'infinity')::integer AS due, count(due_at)::integer AS open
      FROM deliveries WHERE address = ${person.telegramId}
    `.execute(db)
    assert.deepEqual(rows, [{ due: 1, open: 2 }])
  }
})

test('what is open or has come is not sent again, and nothing is found that is not there', async () => {
  const person = await newPerson()
  const id = await owe(person)
  assert.equal(await again(id), 'not_lost')
  await end(id, 'sent')
  assert.equal(await again(id), 'not_lost')
  assert.equal(await again(randomUUID()), 'absent')
  await inTransaction(db, (tx) => oweAgain(tx, id))
  assert.deepEqual(await dues([id]), ['over'])
})

test('a private text does not follow a login that was removed or that somebody else has now', async () => {
  const person = await newPerson()
  const id = await owe(person)
  await end(id, 'failed')
  const stranger = await newPerson()
  await sql`DELETE FROM identities WHERE user_id = ${person.userId}`.execute(db)
  assert.equal(await again(id), 'unreachable')
  await sql`
    UPDATE identities SET external_id = ${person.telegramId} WHERE user_id = ${stranger.userId}
  `.execute(db)
  assert.equal(await again(id), 'unreachable')
  await sql`UPDATE identities SET user_id = ${person.userId} WHERE user_id = ${stranger.userId}`.execute(db)
  assert.equal(await again(id), 'owed')
})

test('a shelf is read page by page, each of its deliveries once', async () => {
  const person = await newPerson()
  const ids: string[] = []
  for (let n = 0; n < 2 * PAGE + 1; n += 1) ids.push(await owe(person, n % 2 === 0 ? 'reply' : 'proactive'))
  const mine = (deliveries: { id: string }[]) => deliveries.map(({ id }) => id).filter((id) => ids.includes(id))
  const walk = async (shelf: 'open' | 'failed') => {
    const seen: string[] = []
    for (let before: string | null = null; ; ) {
      const page = await listDeliveries(db, { shelf, before, limit: PAGE })
      assert.ok(page && page.deliveries.length <= PAGE)
      seen.push(...mine(page.deliveries))
      before = page.cursor
      if (before === null) return seen
    }
  }
  assert.deepEqual(await walk('open'), ids)
  // All at one moment: the ids tell them apart.
  await sql`
    UPDATE deliveries SET state = 'failed', due_at = NULL, finished_at = now() WHERE id = ANY(${ids}::uuid[])
  `.execute(db)
  assert.deepEqual(await walk('failed'), ids.toSorted().toReversed())
  assert.equal(await listDeliveries(db, { shelf: 'failed', before: 'somewhere', limit: PAGE }), null)
})

test('what was taken back is not lost: nobody sends it after all, and no list of losses shows it', async () => {
  const person = await newPerson()
  const id = await owe(person, 'proactive')
  const messageId = (await findRecord(db, id))?.messageId ?? ''
  assert.ok(await inTransaction(db, (tx) => takeBackMessage(tx, { userId: person.userId, messageId })))
  assert.equal(await again(id), 'not_lost')
  const page = await listDeliveries(db, { shelf: 'failed', before: null, limit: 100 })
  assert.deepEqual(
    page?.deliveries.filter((record) => record.id === id),
    [],
  )
})
