import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { granted, Person } from '#test/people'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

const OPERATOR = 700_000_002

interface Delivery {
  id: string
  userId: string
  state: string
  purpose: string
  attempts: number
  lastError: string | null
  refunded: boolean
}
interface Page {
  deliveries: Delivery[]
  hasMore: boolean
  cursor: string | null
}
interface Details {
  delivery: Delivery
  attempts: { attempt: number; startedAt: string; finishedAt: string | null; outcome: string | null }[]
}

const world = await startWorld(undefined, {
  env: { ADMIN_TELEGRAM_IDS: String(OPERATOR), DELIVERY_BACKOFF_BASE_MS: '5', DELIVERY_BACKOFF_MAX_MS: '20' },
})
const { telegram, model } = world.sandbox
model.control({ mode: 'echo' })
const operator = new Person(world.vitte.url)
const { id: operatorId } = await operator.signInByWidget(world.sandbox, OPERATOR)

const shelf = async (state: string) =>
  granted(await operator.client.call<Page>(`/api/admin/deliveries?state=${state}&limit=100`)).deliveries
const details = async (id: string) => granted(await operator.client.call<Details>(`/api/admin/deliveries/${id}`))
const sendAgain = (id: string, who = operator) =>
  who.client.call<{ code?: string }>(`/api/admin/deliveries/${id}/send-again`, { method: 'POST' })

/** Somebody who talks in the bot, with the opening line in the chat. */
async function talker(t: Scope) {
  const { id } = telegram.addPerson({ firstName: 'Н', languageCode: 'ru' })
  const chat = await enterBot(world.sandbox, id)
  const app = new Person(world.vitte.url, t)
  const { id: userId } = await app.openMiniApp(world.sandbox, id)
  await app.startConversation('arina')
  await waitFor(async () => (await app.history())[0]?.delivery?.status === 'sent', { what: 'the opening line' })
  const saying = (text: string) => chat.texts().filter((each) => each === text)
  /** The one delivery of theirs that stands there. */
  const lost = (state: 'failed' | 'unknown') =>
    waitFor(async () => (await shelf(state)).find((delivery) => delivery.userId === userId), {
      what: `a delivery that is ${state}`,
    })
  return { id, userId, chat, app, saying, lost }
}

/** A question whose answer Telegram refuses for good. */
async function refused({ id, chat, lost }: Awaited<ReturnType<typeof talker>>, text: string): Promise<Delivery> {
  const description = 'Bad Request: message is too long'
  telegram.faults.add({ kind: 'error', errorCode: 400, description, method: 'sendMessage', chatId: id, times: 1 })
  chat.send(text)
  return lost('failed')
}

test('an operator sees what failed and why, never what it says, and sends it again', async (t) => {
  const person = await talker(t)
  const failed = await refused(person, 'тайна в письме')
  assert.deepEqual(
    { purpose: failed.purpose, attempts: failed.attempts, refunded: failed.refunded },
    { purpose: 'reply', attempts: 1, refunded: true },
  )
  assert.match(failed.lastError ?? '', /message is too long/)
  assert.doesNotMatch(JSON.stringify([await shelf('failed'), await details(failed.id)]), /тайна/)
  assert.equal((await person.app.me()).credits.basic, 50)

  assert.equal((await sendAgain(failed.id)).status, 202)
  await person.chat.hears((text) => text === 'тайна в письме')
  const sent = await waitFor(async () => {
    const shown = await details(failed.id)
    return shown.delivery.state === 'sent' ? shown : null
  })
  assert.deepEqual(
    sent.attempts.map(({ outcome }) => outcome),
    ['refused', 'sent'],
  )
  assert.ok(sent.attempts.every(({ finishedAt }) => finishedAt !== null))
  assert.equal(person.saying('тайна в письме').length, 1)
  assert.equal((await person.app.me()).credits.basic, 50, 'what was paid back is a gift')
  assert.ok((await shelf('failed')).every(({ id }) => id !== failed.id))

  const again = await sendAgain(failed.id)
  assert.deepEqual([again.status, again.body.code], [409, 'delivery_not_lost'])
  const { rows } = await sql`
    SELECT user_id, details FROM audit_events WHERE kind = 'delivery_sent_again' AND details->>'deliveryId' = ${failed.id}
  `.execute(world.database.db)
  assert.deepEqual(rows, [{ user_id: operatorId, details: { deliveryId: failed.id } }])
})

test('pressed many times at once it is sent once', async (t) => {
  const person = await talker(t)
  const failed = await refused(person, 'не толпитесь')
  const answers = await Promise.all(Array.from({ length: 8 }, () => sendAgain(failed.id)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [202, 409, 409, 409, 409, 409, 409, 409])
  await waitFor(async () => (await details(failed.id)).delivery.state === 'sent')
  assert.equal(person.saying('не толпитесь').length, 1)
})

test('what may have arrived twice can be sent once more, because a person says so', async (t) => {
  const person = await talker(t)
  telegram.faults.add({ kind: 'reset', method: 'sendMessage', chatId: person.id, afterEffect: true, times: 2 })
  person.chat.send('дошло ли')
  const unknown = await person.lost('unknown')
  assert.equal(unknown.refunded, false)
  assert.equal(person.saying('дошло ли').length, 2)
  assert.equal((await sendAgain(unknown.id)).status, 202)
  await waitFor(async () => (await details(unknown.id)).delivery.state === 'sent')
  assert.equal(person.saying('дошло ли').length, 3)
})

test('a chat that is closed to the bot gets nothing, until it opens', async (t) => {
  const person = await talker(t)
  const failed = await refused(person, 'за дверью')
  telegram.block(person.id)
  const reachable = async () => (await person.app.me()).identities.some((each) => each.reachable)
  await waitFor(async () => !(await reachable()))
  const answer = await sendAgain(failed.id)
  assert.deepEqual([answer.status, answer.body.code], [409, 'chat_unreachable'])
  telegram.unblock(person.id)
  await waitFor(reachable)
  assert.equal((await sendAgain(failed.id)).status, 202)
  await person.chat.hears((text) => text === 'за дверью')
})

test('who is no operator finds nothing there, and nobody finds what is not there', async (t) => {
  const person = await talker(t)
  const failed = await refused(person, 'только для своих')
  for (const path of ['', `/${failed.id}`]) {
    assert.equal((await person.app.client.call(`/api/admin/deliveries${path}`)).status, 404)
  }
  assert.equal((await sendAgain(failed.id, person.app)).status, 404)
  assert.equal((await details(failed.id)).delivery.state, 'failed')
  for (const id of [randomUUID(), 'нет', '1']) {
    assert.equal((await operator.client.call(`/api/admin/deliveries/${id}`)).status, 404)
    assert.equal((await sendAgain(id)).status, 404)
  }
  for (const query of ['state=sent', 'limit=0', 'limit=101', 'before=1', `before=1.${randomUUID()}x`]) {
    assert.equal((await operator.client.call(`/api/admin/deliveries?${query}`)).status, 422, query)
  }
})
