import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { lockUsers, readProactive } from '#domain/identity'
import { mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openSilence } from '#test/silence'
import { changeUser, skip } from './index.ts'

const PROVEN = { sessionId: randomUUID() }
const silence = await openSilence()
const { db, vault, keyRing } = silence
const linking = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }

async function merge(survivorId: string, absorbedId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    await mergeUsers(tx, linking, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })
}

async function undo(telegramUserId: string): Promise<void> {
  const undone = await undoMerge(linking, { userId: telegramUserId, ...PROVEN }, async () => {})
  assert.ok(!('refused' in undone))
}

async function choose(userId: string, proactiveEnabled: boolean): Promise<void> {
  await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled }))
}

async function causes(userId: string): Promise<string[]> {
  const { rows } = await sql<{ cause: string }>`
    SELECT cause FROM initiatives WHERE user_id = ${userId} ORDER BY cause`.execute(db)
  return rows.map(({ cause }) => cause)
}

const note = (userId: string, cause: string) => skip(db, userId, { kind: 'campaign', cause }, 'talking')

test('of two plans the survivor’s stays, and after an undo both have one', async () => {
  const { userId: telegram } = await silence.newTalker()
  await silence.plan()
  await silence.silentFor(telegram, 30)
  const web = await silence.newReader()
  await choose(web, true)
  await merge(telegram, web)
  assert.equal((await silence.look(telegram))?.dueInHours, 42)
  assert.equal(await silence.look(web), undefined)
  await undo(telegram)
  assert.equal((await silence.look(telegram))?.dueInHours, 42)
  assert.equal((await silence.look(web))?.phase, 'waiting')
})

test('a yes on the website counts in Telegram once both are one, unless Telegram’s user has said no', async () => {
  for (const chosen of [null, false]) {
    const { userId: telegram } = await silence.newPerson()
    await silence.begin(telegram, 'arina')
    if (chosen !== null) await choose(telegram, chosen)
    const web = await silence.newReader()
    await choose(web, true)
    await merge(telegram, web)
    assert.equal((await readProactive(db, telegram)).enabled, chosen ?? true)
    await silence.comeDue(telegram)
    await silence.silentFor(telegram, 100)
    assert.equal(await silence.engage(telegram), chosen === null)
  }
})

test('a text that is being written for the one who is absorbed comes to nothing', async () => {
  const { userId: telegram } = await silence.newPerson()
  const other = await silence.newTalker()
  await silence.silentFor(other.userId, 72)
  await silence.plan()
  const job = await silence.take(other.userId)
  assert.ok(job)
  await sql`DELETE FROM identities WHERE user_id = ${telegram}`.execute(db)
  await merge(telegram, other.userId)
  await silence.write(job, 'кому это')
  assert.deepEqual(await silence.heard(telegram), [])
  assert.deepEqual(await silence.heard(other.userId), [])
})

test('what was said or passed over goes along and comes back; what both know the survivor keeps', async () => {
  const { userId: telegram } = await silence.newTalker()
  const web = await silence.newReader()
  for (const cause of ['оба', 'телеграм']) await note(telegram, cause)
  for (const cause of ['оба', 'сайт']) await note(web, cause)
  await merge(telegram, web)
  assert.deepEqual(await causes(telegram), ['оба', 'сайт', 'телеграм'])
  await note(telegram, 'после')
  await undo(telegram)
  assert.deepEqual(await causes(telegram), ['оба', 'после', 'телеграм'])
  assert.deepEqual(await causes(web), ['оба', 'сайт'])
})

test('a text that is written while two are parted again comes to nothing: it may be from the other’s memory', async () => {
  const { userId: telegram } = await silence.newTalker()
  const web = await silence.newReader()
  await merge(telegram, web)
  await silence.silentFor(telegram, 72)
  await silence.plan()
  const job = await silence.take(telegram)
  assert.ok(job)
  await silence.write(job, async () => {
    await undo(telegram)
    return 'Как прошёл экзамен, о котором говорили на сайте?'
  })
  assert.deepEqual(await silence.heard(telegram), [])
  assert.equal((await silence.look(telegram))?.phase, 'waiting')
  assert.ok(await silence.engage(telegram, 'Привет.'))
})
