import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { lockMinor, setReachability, unlockMinor, updateUser } from '#domain/identity'
import { openSilence } from '#test/silence'
import { judge, skip, type Verdict } from './index.ts'
import { noteInitiative } from './initiative-store.ts'
import type { InitiativeKind } from './kinds.ts'

const silence = await openSilence()
const { db } = silence

async function ask(userId: string, kind: InitiativeKind = 'campaign', dailyCap = 1): Promise<Verdict | null> {
  return judge(db, { userId, kind }, { quietHours: 'none', dailyCap })
}

function reasonOf(verdict: Verdict | null): string | null {
  if (!verdict || 'say' in verdict) return verdict && 'said'
  return 'skip' in verdict ? verdict.skip : verdict.because
}

/** Hours around this moment in Moscow, or away from it. */
async function hoursNow(inside: boolean): Promise<string> {
  const { rows } = await sql<{ from: string; to: string }>`
    SELECT to_char(h + make_interval(hours => ${inside ? -1 : 2}), 'HH24:MI') AS from,
      to_char(h + make_interval(hours => ${inside ? 2 : 5}), 'HH24:MI') AS to
    FROM (SELECT now() AT TIME ZONE 'Europe/Moscow' AS h) AS here`.execute(db)
  return `${rows[0]?.from}-${rows[0]?.to}`
}

test('who can be reached, has said yes and is not busy is written to, in the chat and the talk they have', async () => {
  const { userId, telegramId } = await silence.newTalker()
  const verdict = await ask(userId)
  assert.ok(verdict && 'say' in verdict)
  assert.equal(verdict.say.address, telegramId)
  assert.ok(verdict.say.conversationId)
})

test('nobody without a messenger is written to, whatever they have said yes to', async () => {
  const reader = await silence.newReader()
  await updateUser(db, reader, { proactiveEnabled: true })
  for (const kind of ['reminder', 'engagement', 'campaign'] as const) {
    assert.equal(reasonOf(await ask(reader, kind)), 'no_messenger')
  }
})

test('a chat that is closed to us is not written to, until it is open again', async () => {
  const { userId, telegramId } = await silence.newTalker()
  for (const reachability of ['blocked', 'deactivated', 'never_started'] as const) {
    await setReachability(db, 'telegram', telegramId, reachability)
    assert.equal(reasonOf(await ask(userId)), 'unreachable')
    assert.equal(reasonOf(await ask(userId, 'reminder')), 'unreachable')
  }
  await setReachability(db, 'telegram', telegramId, 'reachable')
  assert.equal(reasonOf(await ask(userId)), 'said')
})

test('what was not asked for needs a yes, an adult and a talk; a reminder was asked for', async () => {
  const { userId } = await silence.newPerson()
  assert.equal(reasonOf(await ask(userId)), 'off', 'never chosen')
  await updateUser(db, userId, { proactiveEnabled: false })
  assert.equal(reasonOf(await ask(userId)), 'off')
  await updateUser(db, userId, { proactiveEnabled: true })
  await sql`UPDATE users SET adult_confirmed_at = NULL WHERE id = ${userId}`.execute(db)
  assert.equal(reasonOf(await ask(userId)), 'not_adult')
  await updateUser(db, userId, { adult: true })
  assert.equal(reasonOf(await ask(userId)), 'no_conversation')
  assert.equal(reasonOf(await ask(userId, 'reminder')), 'said')
})

test('who said to be under 18 hears nothing first, no reminder either, until an operator says otherwise', async () => {
  const { userId } = await silence.newTalker()
  await lockMinor(db, userId)
  for (const kind of ['reminder', 'engagement', 'campaign'] as const) {
    assert.equal(reasonOf(await ask(userId, kind)), 'not_adult', kind)
  }
  await updateUser(db, userId, { adult: true })
  assert.equal(reasonOf(await ask(userId)), 'not_adult', 'they cannot say so themselves')
  await unlockMinor(db, userId, 'a paper was shown')
  await updateUser(db, userId, { adult: true })
  assert.equal(reasonOf(await ask(userId)), 'said')
})

test('quiet hours are the person’s own, and who has chosen none keeps the installation’s', async () => {
  const { userId } = await silence.newTalker()
  const [during, apart] = [await hoursNow(true), await hoursNow(false)]
  const install = (quietHours: string) => judge(db, { userId, kind: 'campaign' }, { quietHours, dailyCap: 1 })
  assert.equal(reasonOf(await install(during)), 'quiet_hours')
  assert.equal(reasonOf(await install(apart)), 'said')
  await updateUser(db, userId, { quietHours: during })
  assert.equal(reasonOf(await ask(userId)), 'quiet_hours')
  await updateUser(db, userId, { timezone: 'Pacific/Honolulu' })
  assert.equal(reasonOf(await ask(userId)), 'said', 'it is another hour there')
  await updateUser(db, userId, { quietHours: 'none' })
  assert.equal(reasonOf(await install(during)), 'said', 'their word counts more')
  assert.equal(reasonOf(await ask(userId, 'reminder')), 'said')
})

test('a time zone that the database does not know is no reason to fail', async () => {
  const { userId } = await silence.newTalker()
  await sql`UPDATE users SET timezone = 'Mars/Olympus' WHERE id = ${userId}`.execute(db)
  assert.equal(reasonOf(await ask(userId)), 'said')
})

test('the cap of a day counts what was said and not asked for, and tomorrow is another day', async () => {
  const { userId } = await silence.newTalker()
  await noteInitiative(db, userId, { kind: 'reminder', cause: 'r' }, null)
  await skip(db, userId, { kind: 'campaign', cause: 'missed' }, 'talking')
  assert.equal(reasonOf(await ask(userId)), 'said')
  await noteInitiative(db, userId, { kind: 'engagement', cause: 'e' }, null)
  const verdict = await ask(userId)
  assert.ok(verdict && 'wait' in verdict)
  assert.equal(verdict.because, 'daily_cap')
  const { rows } = await sql<{ hours: number }>`
    SELECT extract(epoch FROM ${verdict.wait}::timestamptz - now()) / 3600 AS hours`.execute(db)
  assert.ok(Number(rows[0]?.hours) > 0 && Number(rows[0]?.hours) <= 24)
  assert.equal(reasonOf(await ask(userId, 'engagement')), 'daily_cap')
  assert.equal(reasonOf(await ask(userId, 'campaign', 2)), 'said')
  assert.equal(reasonOf(await ask(userId, 'reminder')), 'said')
  await sql`UPDATE initiatives SET at = at - interval '1 day' WHERE user_id = ${userId}`.execute(db)
  assert.equal(reasonOf(await ask(userId)), 'said')
  assert.equal(reasonOf(await ask(userId, 'campaign', 0)), 'daily_cap', 'none a day is none')
})

test('nobody is interrupted while they talk', async () => {
  const { userId } = await silence.newTalker()
  await silence.say(userId)
  const verdict = await ask(userId)
  assert.ok(verdict && 'wait' in verdict)
  assert.equal(verdict.because, 'talking')
  assert.equal(reasonOf(await ask(userId, 'reminder')), 'said')
  await silence.silentFor(userId, 1)
  assert.equal(reasonOf(await ask(userId)), 'said')
})

test('of a user who is none any more there is no verdict', async () => {
  assert.equal(await ask('0192f0c4-7a3e-7c11-9d2f-5b6a7c8d9e0f'), null)
})
