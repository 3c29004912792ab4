import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { createReadings } from './index.ts'

const rooms = await openRooms()
const { db, vault, keyRing: keys, history } = rooms
const readings = createReadings({ db, history, tell: async () => () => {} })
const operatorId = randomUUID()
const read = (readingId: string) => readings.page({ readingId, operatorId, before: null })

async function open(userId: string): Promise<string> {
  const opened = await readings.openTalk({ userId, operatorId, reason: 'обращение о пропавшем ответе', kind: 'fault' })
  assert.ok(opened)
  return opened.readingId
}

test('a merge and its undo end what is open of both: nobody who was told nothing is read', async () => {
  const deps = { db, vault, parts: mergeParts({ vault, keys }) }
  const [{ userId }, readerId] = [await rooms.newPerson(), await rooms.newReader()]
  const before = [await open(userId), await open(readerId)]
  for (const readingId of before) assert.ok(typeof (await read(readingId)) === 'object')
  await inTransaction(db, (tx) =>
    mergeUsers(tx, deps, { survivorId: userId, absorbedId: readerId, sessionId: null, way: 'logins' }),
  )
  for (const readingId of before) assert.equal(await read(readingId), 'expired')
  const joined = await open(readerId)
  assert.ok(typeof (await read(joined)) === 'object', 'by either id the talk is one now')
  const undone = await undoMerge(deps, { userId, sessionId: randomUUID() }, async () => {})
  assert.ok(!('refused' in undone))
  assert.equal(await read(joined), 'expired')
})

test('a reading whose person could not be told is not opened, and nothing is said to be', async () => {
  const { userId } = await rooms.newPerson()
  const failing = createReadings({ db, history, tell: () => Promise.reject(new Error('no way to tell')) })
  await assert.rejects(failing.openTalk({ userId, operatorId, reason: 'обращение', kind: 'fault' }), /no way to tell/)
  const { rows } = await sql`SELECT id FROM readings WHERE user_id = ${userId}`.execute(db)
  assert.deepEqual(rows, [])
})

test('a page is in the audit before it is shown, and nobody else’s reading is there at all', async () => {
  const { userId } = await rooms.newPerson()
  const readingId = await open(userId)
  const audited = async () =>
    (
      await sql`SELECT id FROM audit_events WHERE kind = 'reading_page' AND details ->> 'readingId' = ${readingId}`.execute(
        db,
      )
    ).rows.length
  assert.equal(await readings.page({ readingId, operatorId: randomUUID(), before: null }), 'absent')
  assert.equal(await audited(), 0)
  const blind = createReadings({
    db,
    history: { ...history, page: () => Promise.reject(new Error('away')) },
    tell: async () => () => {},
  })
  await assert.rejects(blind.page({ readingId, operatorId, before: null }), /away/)
  assert.equal(await audited(), 1)
})
