import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { createSupport } from './index.ts'

const rooms = await openRooms()
const { db, vault, keyRing: keys } = rooms
const told: { userId: string; address: string; requestId: string }[] = []
const support = createSupport({
  db,
  vault,
  keys,
  async tell(_tx, to) {
    told.push(to)
  },
  owed() {},
})
const OPERATOR = randomUUID()

const ask = (userId: string, text: string) =>
  inTransaction(db, (tx) => support.openRequest(tx, { userId, address: '1', text }))

async function asked(userId: string, text = 'Где мои кредиты?'): Promise<string> {
  const opened = await ask(userId, text)
  assert.ok('requestId' in opened)
  return opened.requestId
}

const answer = (requestId: string, text: string) => support.answer({ requestId, operatorId: OPERATOR, text })

async function find(requestId: string) {
  for (const state of ['open', 'answered', 'closed'] as const) {
    const { requests } = await support.list({ operatorId: OPERATOR, state, after: null, limit: 100 })
    const found = requests.find(({ id }) => id === requestId)
    if (found) return found
  }
  return null
}

test('a request is listed with its words, answered into its chat, and closed; what an operator does is audited', async () => {
  const { userId } = await rooms.newPerson()
  const requestId = await asked(userId)
  assert.deepEqual([(await find(requestId))?.text, (await find(requestId))?.state], ['Где мои кредиты?', 'open'])
  assert.equal(await support.answerOf(userId, requestId), null)
  assert.equal(await answer(requestId, 'Уже на месте.'), 'answered')
  assert.deepEqual(told.at(-1), { userId, address: '1', requestId })
  assert.deepEqual(await support.answerOf(userId, requestId), { text: 'Где мои кредиты?', answer: 'Уже на месте.' })
  for (const _ of [1, 2]) assert.equal(await support.close({ requestId, operatorId: OPERATOR }), true)
  assert.equal(await answer(requestId, 'Ещё раз'), 'closed')
  assert.equal(await answer(randomUUID(), 'Кому?'), 'absent')
  assert.equal(await support.close({ requestId: randomUUID(), operatorId: OPERATOR }), false)
  const { rows } = await sql<{ kind: string }>`
    SELECT DISTINCT kind FROM audit_events WHERE user_id = ${OPERATOR} ORDER BY kind`.execute(db)
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['support_answered', 'support_closed', 'support_read'],
  )
})

test('an empty or long text opens nothing, and neither does a fourth request at once', async () => {
  const { userId } = await rooms.newPerson()
  assert.deepEqual(await ask(userId, ' \n '), { refused: 'empty' })
  assert.deepEqual(await ask(userId, 'я'.repeat(support.textMaxLength + 1)), { refused: 'too_long' })
  const outcomes = await Promise.all(['1', '2', '3', '4', '5'].map((text) => ask(userId, text)))
  assert.equal(outcomes.filter((each) => 'requestId' in each).length, support.openMax)
  const { requests } = await support.list({ operatorId: OPERATOR, state: 'open', after: null, limit: 100 })
  await answer(requests.find((each) => each.userId === userId)?.id ?? '', 'Ответ')
  await asked(userId, 'снова')
})

test('nothing of a request lies in the clear, and nobody else reads its answer', async () => {
  const [one, other] = [await rooms.newPerson(), await rooms.newPerson()]
  const requestId = await asked(one.userId, 'платил дважды')
  await answer(requestId, 'вернули')
  const { rows } = await sql<{ sealed_text: Buffer; sealed_answer: Buffer }>`
    SELECT sealed_text, sealed_answer FROM support_requests WHERE id = ${requestId}`.execute(db)
  assert.ok(rows[0] && !rows[0].sealed_text.includes('платил') && !rows[0].sealed_answer.includes('вернули'))
  assert.equal(await support.answerOf(other.userId, requestId), null)
})

test('a request follows its person into a merge and out of it, and can be read and answered all the way', async () => {
  const deps = { db, vault, parts: mergeParts({ vault, keys }) }
  const [{ userId }, readerId] = [await rooms.newPerson(), await rooms.newReader()]
  const requestId = await asked(userId)
  await inTransaction(db, (tx) =>
    mergeUsers(tx, deps, { survivorId: readerId, absorbedId: userId, sessionId: null, way: 'logins' }),
  )
  assert.equal(await answer(requestId, 'Здесь'), 'answered')
  assert.equal((await support.answerOf(readerId, requestId))?.answer, 'Здесь')
  const undone = await undoMerge(deps, { userId: readerId, sessionId: randomUUID() }, async () => {})
  assert.ok(!('refused' in undone))
  assert.equal(await support.answerOf(readerId, requestId), null)
  assert.equal((await support.answerOf(userId, requestId))?.answer, 'Здесь')
})

test('pages go on where the last one ended', async () => {
  const { userId } = await rooms.newPerson()
  const ids = [await asked(userId, 'а'), await asked(userId, 'б'), await asked(userId, 'в')]
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { requests, hasMore } = await support.list({ operatorId: OPERATOR, state: 'open', after, limit: 2 })
    seen.push(...requests.map(({ id }) => id))
    if (!hasMore) break
    after = seen.at(-1) ?? null
  }
  assert.deepEqual(
    seen.filter((id) => ids.includes(id)),
    ids,
  )
})
