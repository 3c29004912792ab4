import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { setReachability, updateUser } from '#domain/identity'
import { createLeases } from '#platform/leases'
import { inTransaction } from '#platform/postgres'
import { loadTexts } from '#platform/texts'
import { openRooms } from '#test/rooms'
import { REMINDER_QUEUE } from './reminder-store.ts'
import { createReminders } from './reminders.ts'
import { type SayReminderDeps, sayReminder } from './say-reminder.ts'

const LEASE_MS = 60_000
const MANY = 100

const rooms = await openRooms()
const { db, pool, vault, keyRing, settle } = rooms
const reminders = createReminders({ vault, keys: keyRing })
const leases = createLeases({ pool })
const deps: SayReminderDeps = {
  ...settle,
  reminders,
  manners: { quietHours: '00:00-23:59', dailyCap: 0 },
  measure() {},
  // Strict: a sentence without a text, or with other arguments, throws.
  texts: await loadTexts({ folder: 'locales', strict: true }),
}

const take = () => leases.take(REMINDER_QUEUE, { limit: MANY, leaseMs: LEASE_MS })

/** A reminder whose time has come so many minutes ago. */
async function due(userId: string, text: string, minutesAgo = 0): Promise<string> {
  const at = new Date(Date.now() + LEASE_MS)
  const added = await inTransaction(db, (tx) => reminders.add(tx, { userId, at, text }))
  assert.ok('reminder' in added)
  await sql`
    UPDATE reminders SET remind_at = now() - make_interval(mins => ${minutesAgo}), due_at = now() WHERE id = ${added.reminder.id}
  `.execute(db)
  return added.reminder.id
}

/** The row as a worker gets it; the lease is its own. */
async function leased(id: string) {
  const row = (await take()).find((each) => each.id === id)
  assert.ok(row)
  return row
}

async function history(userId: string): Promise<string[]> {
  return (await rooms.history.page(db, userId, { limit: 100 })).map(({ text }) => text)
}

async function owed(userId: string): Promise<string[]> {
  const { rows } = await sql<{ purpose: string }>`
    SELECT purpose FROM deliveries WHERE user_id = ${userId} AND notice IS NULL
  `.execute(db)
  return rows.map(({ purpose }) => purpose)
}

async function fate(userId: string) {
  const { rows } = await sql<{ state: string; skipped: string | null }>`
    SELECT r.state, i.skipped FROM reminders r
      LEFT JOIN initiatives i ON i.user_id = r.user_id AND i.kind = 'reminder' AND i.cause = r.id::text
    WHERE r.user_id = ${userId}
  `.execute(db)
  return rows[0]
}

test('it is said in the person’s own words, whatever the hour and whatever they chose, and costs nothing', async () => {
  const { userId } = await rooms.newPerson()
  await updateUser(db, userId, { proactiveEnabled: false })
  await sayReminder(deps, await leased(await due(userId, 'купить *хлеб* и [сыр]')))
  assert.deepEqual(await history(userId), ['⏰ Вы просили напомнить: купить \\*хлеб\\* и \\[сыр\\]'])
  assert.deepEqual(await owed(userId), ['proactive'])
  assert.deepEqual(await fate(userId), { state: 'said', skipped: null })
  const { rows } = await sql`SELECT FROM turns WHERE user_id = ${userId}`.execute(db)
  assert.equal(rows.length, 0)
})

test('a list, a heading or a quotation in it stays what was typed', async () => {
  const { userId } = await rooms.newPerson()
  const typed = 'купить:\n- хлеб\n  # сыр\n> AT&T &copy; a-b\n1. соль\n==='
  await sayReminder(deps, await leased(await due(userId, typed)))
  const escaped = 'купить:\n\\- хлеб\n  \\# сыр\n\\> AT&T \\&copy; a-b\n1\\. соль\n\\==='
  assert.deepEqual(await history(userId), [`⏰ Вы просили напомнить: ${escaped}`])
})

test('what should have come hours ago says when', async () => {
  const { userId } = await rooms.newPerson()
  await updateUser(db, userId, { timezone: 'Asia/Omsk', locale: 'en' })
  await sayReminder(deps, await leased(await due(userId, 'tea', 119)))
  await sayReminder(deps, await leased(await due(userId, 'bread', 121)))
  const [soon, late] = await history(userId)
  assert.equal(soon, '⏰ You asked to be reminded: tea')
  assert.match(late ?? '', /^⏰ You asked to be reminded: bread \(this was due .*\d:\d\d.*\)$/)
})

test('two workers that hold one reminder say it once', async () => {
  const { userId } = await rooms.newPerson()
  const id = await due(userId, 'чай')
  const frozen = await leased(id)
  await sql`UPDATE reminders SET due_at = now() WHERE id = ${id}`.execute(db)
  const awake = await leased(id)
  await Promise.all([sayReminder(deps, frozen), sayReminder(deps, awake), sayReminder(deps, awake)])
  assert.equal((await history(userId)).length, 1)
  assert.deepEqual(await owed(userId), ['proactive'])
})

test('a worker that dies before the commit leaves it to the next one', async () => {
  const { userId } = await rooms.newPerson()
  const id = await due(userId, 'чай')
  const dying = { ...deps, texts: { ...deps.texts, say: () => assert.fail('dead') } }
  await assert.rejects(sayReminder(dying, await leased(id)))
  assert.deepEqual(await history(userId), [])
  await sql`UPDATE reminders SET due_at = now() WHERE id = ${id}`.execute(db)
  await sayReminder(deps, await leased(id))
  assert.equal((await history(userId)).length, 1)
})

test('what was cancelled or put off while a worker held it is not said', async () => {
  const { userId } = await rooms.newPerson()
  const cancelled = await leased(await due(userId, 'отменено'))
  await inTransaction(db, (tx) => reminders.cancel(tx, userId, cancelled.id))
  const putOff = await leased(await due(userId, 'позже'))
  const at = new Date(Date.now() + LEASE_MS)
  await inTransaction(db, (tx) => reminders.change(tx, { userId, id: putOff.id }, { at }))
  await sayReminder(deps, cancelled)
  await sayReminder(deps, putOff)
  assert.deepEqual(await history(userId), [])
  assert.deepEqual(
    (await reminders.list(db, userId)).map(({ text }) => text),
    ['позже'],
  )
})

test('who cannot be reached is not written to, and the reason is kept', async () => {
  const blocked = await rooms.newPerson()
  await setReachability(db, 'telegram', blocked.telegramId, 'blocked')
  await sayReminder(deps, await leased(await due(blocked.userId, 'чай')))
  assert.deepEqual(await fate(blocked.userId), { state: 'skipped', skipped: 'unreachable' })
  const reader = await rooms.newReader()
  await sayReminder(deps, await leased(await due(reader, 'чай')))
  assert.deepEqual(await fate(reader), { state: 'skipped', skipped: 'no_messenger' })
  for (const userId of [blocked.userId, reader]) {
    assert.deepEqual(await history(userId), [])
    assert.deepEqual(await owed(userId), [])
  }
})
