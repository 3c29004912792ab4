import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { REMINDER_TEXT_MAX_LENGTH, REMINDERS_OPEN_MAX } from '#contract/limits'
import { lockUsers } from '#domain/identity'
import { mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { createReminders } from './reminders.ts'

const HOUR_MS = 3_600_000
const MANY = 160
const AT_ONCE = 4

const rooms = await openRooms()
const { db, vault, keyRing } = rooms
const reminders = createReminders({ vault, keys: keyRing })
const linking = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS)
const add = (userId: string, text: string, at = inHours(1), id?: string) =>
  inTransaction(db, (tx) => reminders.add(tx, { userId, at, text, ...(id ? { id } : {}) }))
const texts = async (userId: string) => (await reminders.list(db, userId)).map(({ text }) => text)

async function added(userId: string, text: string, at?: Date): Promise<string> {
  const outcome = await add(userId, text, at)
  assert.ok('reminder' in outcome)
  return outcome.reminder.id
}

test('what is asked for is listed by time, changed and cancelled; none of its words lie in the clear', async () => {
  const { userId } = await rooms.newPerson()
  const late = await added(userId, 'полить фикус', inHours(3))
  const early = await added(userId, '  позвонить маме ', inHours(1))
  assert.deepEqual(await texts(userId), ['позвонить маме', 'полить фикус'])
  const { rows } = await sql<{ sealed_text: Buffer }>`SELECT sealed_text FROM reminders`.execute(db)
  assert.ok(rows.every((row) => !row.sealed_text.includes('фикус')))
  const change = (id: string, to: { at?: Date; text?: string }) =>
    inTransaction(db, (tx) => reminders.change(tx, { userId, id }, to))
  assert.ok('reminder' in (await change(late, { at: inHours(0.5) })))
  assert.ok('reminder' in (await change(early, { text: 'написать маме' })))
  assert.deepEqual(await texts(userId), ['полить фикус', 'написать маме'])
  assert.equal(await inTransaction(db, (tx) => reminders.cancel(tx, userId, early)), true)
  assert.equal(await inTransaction(db, (tx) => reminders.cancel(tx, userId, early)), false)
  assert.deepEqual(await change(early, { text: 'всё-таки' }), { refused: 'absent' })
  assert.deepEqual(await texts(userId), ['полить фикус'])
})

test('somebody else’s is nobody’s', async () => {
  const [{ userId }, { userId: stranger }] = [await rooms.newPerson(), await rooms.newPerson()]
  const id = await added(userId, 'чай')
  assert.equal(await reminders.find(db, stranger, id), null)
  assert.equal(await inTransaction(db, (tx) => reminders.cancel(tx, stranger, id)), false)
  const change = inTransaction(db, (tx) => reminders.change(tx, { userId: stranger, id }, { text: 'кофе' }))
  assert.deepEqual(await change, { refused: 'absent' })
  assert.deepEqual(await texts(userId), ['чай'])
})

test('an empty or endless text, and a time that is past or years away, are refused by add and change alike', async () => {
  const { userId } = await rooms.newPerson()
  const id = await added(userId, 'чай')
  const wishes = [
    [{ text: ' \n' }, 'empty'],
    [{ text: 'я'.repeat(REMINDER_TEXT_MAX_LENGTH + 1) }, 'too_long'],
    [{ text: 'я'.repeat(4_097) }, 'too_long'],
    [{ at: inHours(-0.001) }, 'past'],
    [{ at: inHours(24 * 365 * 6) }, 'too_far'],
    [{ at: new Date(Number.NaN) }, 'too_far'],
  ] as const
  for (const [wish, refused] of wishes) {
    const whole: { at: Date; text: string } = { at: inHours(1), text: 'чай', ...wish }
    assert.deepEqual(await add(userId, whole.text, whole.at), { refused })
    const changed = inTransaction(db, (tx) => reminders.change(tx, { userId, id }, wish))
    assert.deepEqual(await changed, { refused })
  }
  assert.ok('reminder' in (await add(userId, 'я'.repeat(REMINDER_TEXT_MAX_LENGTH))))
})

test('however many are asked for at once, no more wait than may', async () => {
  const { userId } = await rooms.newPerson()
  const outcomes: Awaited<ReturnType<typeof add>>[] = []
  const askOn = async (lane: number) => {
    for (let asked = 0; asked < MANY / AT_ONCE; asked += 1) outcomes.push(await add(userId, `чай ${lane} ${asked}`))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => askOn(lane)))
  const refused = outcomes.filter((outcome) => 'refused' in outcome)
  assert.deepEqual(
    [refused.length, new Set(refused.map((outcome) => JSON.stringify(outcome))).size],
    [MANY - REMINDERS_OPEN_MAX, 1],
  )
  const [first] = await reminders.list(db, userId)
  await inTransaction(db, (tx) => reminders.cancel(tx, userId, first?.id ?? ''))
  assert.ok('reminder' in (await add(userId, 'место есть')))
})

test('a wish with a name of its own is granted once, even after it is over', async () => {
  const { userId } = await rooms.newPerson()
  const id = randomUUID()
  const outcomes = await Promise.all([1, 2, 3].map(() => add(userId, 'чай', inHours(1), id)))
  assert.equal(outcomes.filter((outcome) => 'reminder' in outcome).length, 1)
  await inTransaction(db, (tx) => reminders.cancel(tx, userId, id))
  assert.deepEqual(await add(userId, 'чай', inHours(1), id), { refused: 'known' })
})

test('a merge brings them along with their words, and an undo takes them back, also what was changed meanwhile', async () => {
  const { userId: survivorId } = await rooms.newPerson()
  const absorbedId = await rooms.newReader()
  await rooms.begin(survivorId, 'arina')
  await rooms.begin(absorbedId, 'arina')
  await added(survivorId, 'здешнее', inHours(1))
  const moved = await added(absorbedId, 'тамошнее', inHours(2))
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    await mergeUsers(tx, linking, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })
  assert.deepEqual(await texts(survivorId), ['здешнее', 'тамошнее'])
  const to = { text: 'тамошнее, исправлено' }
  await inTransaction(db, (tx) => reminders.change(tx, { userId: survivorId, id: moved }, to))
  await added(survivorId, 'новое', inHours(3))
  const undone = await undoMerge(linking, { userId: survivorId, sessionId: randomUUID() }, async () => {})
  assert.ok(!('refused' in undone))
  assert.deepEqual(await texts(survivorId), ['здешнее', 'новое'])
  assert.deepEqual(await texts(absorbedId), ['тамошнее, исправлено'])
})
