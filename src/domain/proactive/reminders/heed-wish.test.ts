import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { REMINDERS_OPEN_MAX } from '#contract/limits'
import { updateUser } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { loadTexts } from '#platform/texts'
import { openRooms } from '#test/rooms'
import { heedWish } from './heed-wish.ts'
import { createReminders } from './reminders.ts'

const HOUR_MS = 3_600_000

const rooms = await openRooms()
const { db, vault, keyRing, settle } = rooms
const reminders = createReminders({ vault, keys: keyRing })
const deps = { db, reminders, texts: await loadTexts({ folder: 'locales', strict: true }), announce: settle.announce }

const asked = (userId: string, text: string, address: string | null, at = new Date()) => {
  return { userId, messageId: randomUUID(), text, at, address }
}
const texts = async (userId: string) => (await reminders.list(db, userId)).map(({ text }) => text)

async function notices(userId: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    SELECT notice->>'key' AS key FROM deliveries WHERE user_id = ${userId} AND notice IS NOT NULL ORDER BY position
  `.execute(db)
  return rows.map(({ key }) => key)
}

test('a line that asks for it sets a reminder once, the chat is told once, and the companion each time', async () => {
  const { userId, telegramId } = await rooms.newPerson()
  await updateUser(db, userId, { timezone: 'Europe/Moscow' })
  const wish = asked(userId, 'Напомни мне завтра в девять купить "хлеб"', telegramId)
  const known = await Promise.all([heedWish(deps, wish), heedWish(deps, wish)])
  known.push(await heedWish(deps, wish))
  for (const line of known) assert.match(line ?? '', /уже поставлено на .*09:00: "купить \\"хлеб\\""/)
  assert.deepEqual(await texts(userId), ['купить "хлеб"'])
  assert.deepEqual(await notices(userId), ['reminder_set'])
})

test('a line of a page sets it without a word in the chat', async () => {
  const { userId } = await rooms.newPerson()
  assert.ok(await heedWish(deps, asked(userId, 'remind me in 2 hours to call mother', null)))
  assert.deepEqual(await texts(userId), ['call mother'])
  assert.deepEqual(await notices(userId), [])
})

test('any other line changes nothing', async () => {
  const { userId, telegramId } = await rooms.newPerson()
  await updateUser(db, userId, { timezone: 'Europe/Moscow' })
  const lines = [
    'Привет! Завтра в девять у меня экзамен',
    'Напомни, о чём мы говорили вчера',
    'Ты напоминаешь мне маму',
  ]
  for (const line of lines) assert.equal(await heedWish(deps, asked(userId, line, telegramId)), null, line)
  assert.deepEqual(await texts(userId), [])
  assert.deepEqual(await notices(userId), [])
})

test('a wish without a time to come, or of nothing, sets nothing, and the companion is not to promise it', async () => {
  const { userId, telegramId } = await rooms.newPerson()
  await updateUser(db, userId, { timezone: 'Europe/Moscow' })
  for (const line of ['Напомни мне про хлеб', 'Напомни вчера в девять купить хлеб', 'Напомни завтра в девять']) {
    assert.match((await heedWish(deps, asked(userId, line, telegramId))) ?? '', /Не обещай напомнить/, line)
  }
  assert.deepEqual(await texts(userId), [])
  assert.deepEqual(await notices(userId), [])
})

test('without a time zone the chat asks for it once, and the companion knows', async () => {
  const { userId, telegramId } = await rooms.newPerson()
  const wish = asked(userId, 'Напомни завтра в девять купить хлеб', telegramId)
  for (const _ of [1, 2]) assert.match((await heedWish(deps, wish)) ?? '', /часовой пояс неизвестен/)
  assert.deepEqual(await notices(userId), ['reminder_zone_unknown'])
  assert.deepEqual(await texts(userId), [])
})

test('on a page nobody but the companion asks for the zone', async () => {
  const { userId } = await rooms.newPerson()
  const known = await heedWish(deps, asked(userId, 'Напомни завтра в девять купить хлеб', null))
  assert.match(known ?? '', /Скажи ему об этом/)
  assert.deepEqual(await notices(userId), [])
})

test('whom Telegram cannot reach gets none, and the companion knows', async () => {
  const reader = await rooms.newReader()
  assert.match((await heedWish(deps, asked(reader, 'Напомни через час про суп', null))) ?? '', /только в Telegram/)
  assert.deepEqual(await texts(reader), [])
})

test('one too many is refused in the chat', async () => {
  const { userId, telegramId } = await rooms.newPerson()
  await inTransaction(db, async (tx) => {
    for (let count = 0; count < REMINDERS_OPEN_MAX; count += 1) {
      await reminders.add(tx, { userId, at: new Date(Date.now() + HOUR_MS), text: 'чай' })
    }
  })
  assert.match((await heedWish(deps, asked(userId, 'Напомни через час про суп', telegramId))) ?? '', /не поставлено/)
  assert.deepEqual(await notices(userId), ['reminder_too_many'])
})

test('a line that waited for longer than its time has its reminder at once', async () => {
  const { userId, telegramId } = await rooms.newPerson()
  const anHourAgo = new Date(Date.now() - HOUR_MS)
  await heedWish(deps, asked(userId, 'Напомни через 10 минут про суп', telegramId, anHourAgo))
  const [reminder] = await reminders.list(db, userId)
  assert.ok(reminder && reminder.at.getTime() < Date.now() + HOUR_MS)
  assert.equal(reminder.text, 'про суп')
})
