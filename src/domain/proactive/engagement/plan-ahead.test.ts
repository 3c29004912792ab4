import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { setReachability, updateUser } from '#domain/identity'
import { changeUser } from '#domain/proactive'
import { restartConversation } from '#domain/replies'
import { inTransaction } from '#platform/postgres'
import { openSilence } from '#test/silence'

// ENGAGEMENT_AFTER is 72 hours here: the moments are 72, 216 and 720 hours into a silence.
const silence = await openSilence()
const { db } = silence

test('who said yes is looked at, and nothing happens before the time', async () => {
  const { userId } = await silence.newTalker()
  await silence.plan()
  assert.deepEqual(await silence.look(userId), { moment: 0, said: 0, phase: 'waiting', dueInHours: 72 })
  await silence.silentFor(userId, 71)
  await silence.plan()
  assert.equal((await silence.look(userId))?.phase, 'waiting')
  await silence.silentFor(userId, 1)
  await silence.plan()
  assert.deepEqual(await silence.look(userId), { moment: 0, said: 0, phase: 'writing', dueInHours: 0 })
  assert.deepEqual(await silence.initiatives(userId), [])
})

test('who has written meanwhile is due that much later, and any number of unanswered ones is forgotten', async () => {
  const { userId } = await silence.newTalker()
  await silence.plan()
  await silence.silentFor(userId, 70)
  await silence.say(userId)
  await silence.silentFor(userId, 3)
  await sql`UPDATE engagements SET said = 2, moment = 2 WHERE user_id = ${userId}`.execute(db)
  await silence.plan()
  assert.deepEqual(await silence.look(userId), { moment: 0, said: 0, phase: 'waiting', dueInHours: 69 })
})

test('whoever cannot be written to is passed over at each moment with the reason, and heard of again once they can', async () => {
  const { userId, telegramId } = await silence.newTalker()
  await silence.plan()
  await setReachability(db, 'telegram', telegramId, 'blocked')
  await silence.silentFor(userId, 72)
  await silence.plan()
  assert.deepEqual(await silence.look(userId), { moment: 1, said: 0, phase: 'waiting', dueInHours: 144 })
  await silence.silentFor(userId, 144)
  await sql`UPDATE users SET adult_confirmed_at = NULL WHERE id = ${userId}`.execute(db)
  await setReachability(db, 'telegram', telegramId, 'reachable')
  await silence.plan()
  assert.deepEqual(await silence.look(userId), { moment: 2, said: 0, phase: 'waiting', dueInHours: 504 })
  await updateUser(db, userId, { adult: true })
  await silence.silentFor(userId, 504)
  await silence.plan()
  assert.equal((await silence.look(userId))?.phase, 'writing')
  assert.deepEqual(await silence.initiatives(userId), [
    ['0', 'unreachable'],
    ['1', 'not_adult'],
  ])
  assert.ok(silence.measured.some(([kind, outcome]) => kind === 'engagement' && outcome === 'unreachable'))
})

test('without a talk there is nobody who could write', async () => {
  const { userId } = await silence.newPerson()
  await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled: true }))
  await silence.plan()
  await silence.silentFor(userId, 72)
  await silence.plan()
  assert.deepEqual(await silence.initiatives(userId), [['0', 'no_conversation']])
})

test('web-only people are never planned: nothing is written, nothing is noted', async () => {
  const userId = await silence.newReader()
  await silence.begin(userId, 'arina')
  await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled: true }))
  for (const hours of [0, 72, 144, 504, 720]) {
    await silence.silentFor(userId, hours)
    await silence.comeDue(userId)
    await silence.plan()
    assert.equal((await silence.look(userId))?.phase, 'waiting')
  }
  assert.deepEqual(await silence.initiatives(userId), [])
})

test('in quiet hours the moment waits for their end, and after the day’s cap for tomorrow', async () => {
  const { userId } = await silence.newTalker()
  await silence.plan()
  await silence.silentFor(userId, 72)
  const { rows } = await sql<{ hours: string }>`
    SELECT to_char(h - interval '1 hour', 'HH24:MI') || '-' || to_char(h + interval '3 hours', 'HH24:MI') AS hours
    FROM (SELECT now() AT TIME ZONE 'Europe/Moscow' AS h) AS here`.execute(db)
  await silence.plan({ quietHours: rows[0]?.hours ?? '' })
  assert.deepEqual(await silence.look(userId), { moment: 0, said: 0, phase: 'waiting', dueInHours: 3 })
  await silence.comeDue(userId)
  await silence.plan({ dailyCap: 0 })
  const later = await silence.look(userId)
  assert.equal(later?.phase, 'waiting')
  assert.ok((later?.dueInHours ?? -1) >= 0 && (later?.dueInHours ?? 99) <= 24)
  await silence.comeDue(userId)
  await silence.plan()
  assert.equal((await silence.look(userId))?.phase, 'writing')
})

test('who says no is out at once, and who says yes again begins a new silence', async () => {
  const { userId } = await silence.newTalker()
  await silence.plan()
  await silence.silentFor(userId, 72)
  await silence.plan()
  const job = await silence.take(userId)
  await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled: false }))
  assert.equal((await silence.look(userId))?.dueInHours, null)
  assert.ok(job)
  await silence.write(job)
  assert.deepEqual(await silence.heard(userId), [])
  await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled: true }))
  await silence.plan()
  assert.deepEqual(await silence.look(userId), { moment: 0, said: 0, phase: 'waiting', dueInHours: 72 })
})

test('saying yes twice changes nothing', async () => {
  const { userId } = await silence.newTalker()
  await silence.plan()
  await silence.silentFor(userId, 40)
  await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled: true }))
  assert.equal((await silence.look(userId))?.dueInHours, 32)
})

test('switched off behind our back: nothing more until they want it again', async () => {
  const { userId } = await silence.newTalker()
  await silence.plan()
  await silence.silentFor(userId, 72)
  await updateUser(db, userId, { proactiveEnabled: false })
  await silence.plan()
  assert.equal((await silence.look(userId))?.dueInHours, null)
})

test('many at once: batch by batch, each looked at once, also by two who plan at the same time', async () => {
  await sql`DELETE FROM engagements`.execute(db)
  const many = 4_500
  await sql`
    INSERT INTO engagements (user_id, silent_since, due_at)
    SELECT gen_random_uuid(), now(), now() FROM generate_series(1, ${many}::integer)`.execute(db)
  const looked = await Promise.all([silence.plan(), silence.plan(), silence.plan()])
  assert.equal(
    looked.reduce((sum, people) => sum + people, 0),
    many,
  )
  const { rows } = await sql`SELECT FROM engagements WHERE due_at IS NOT NULL`.execute(db)
  assert.equal(rows.length, 0, 'users that are none any more are never due again')
})

test('a talk begun anew is the one that goes on', async () => {
  const { userId } = await silence.newTalker()
  await silence.plan()
  const { rows } = await sql<{ id: string }>`SELECT id FROM conversations WHERE user_id = ${userId}`.execute(db)
  const again = { userId, conversationId: rows[0]?.id ?? '', interface: 'browser' } as const
  await restartConversation({ ...silence.settle, catalogue: silence.catalogue }, again)
  await silence.silentFor(userId, 72)
  assert.ok(await silence.engage(userId))
  const lines = await silence.settle.history.page(db, userId, { limit: 10 })
  assert.notEqual(lines.at(-1)?.conversationId, rows[0]?.id)
})
