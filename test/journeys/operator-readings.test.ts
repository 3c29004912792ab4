import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Message } from '#contract/api'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import type { Answer } from '../harness/client.ts'
import { botTalker } from './bot-steps.ts'
import { runAudit } from './key-steps.ts'

// What operators see of people: figures, and words only for a written reason of which the person hears.

const [OPERATOR, COLLEAGUE] = [700_000_002, 700_000_001]
const SECRET = 'никому не говорила: канарейка-7319'
const REASON = 'обращение о пропавшем ответе'

interface Opened {
  readingId: string
  userId: string
}
type Page = { messages: Message[]; hasMore: boolean; code?: string }

const world = await startWorld(undefined, { env: { ADMIN_TELEGRAM_IDS: `${OPERATOR},${COLLEAGUE}` } })
const [operator, colleague] = [new Person(world.vitte.url), new Person(world.vitte.url)]
const { id: operatorId } = await operator.signInByWidget(world.sandbox, OPERATOR)
await colleague.signInByWidget(world.sandbox, COLLEAGUE)

const post = (path: string, body: object): Promise<Answer<Opened>> =>
  operator.client.call(`/api/admin/${path}`, { method: 'POST', body })
const read = (who: Person, readingId: string, query = ''): Promise<Answer<Page>> =>
  who.client.call(`/api/admin/readings/${readingId}/messages${query}`)
const audited = async (kind: string): Promise<{ details: Record<string, unknown> }[]> =>
  (
    await world.database.pool.query('SELECT details FROM audit_events WHERE user_id = $1 AND kind = $2 ORDER BY id', [
      operatorId,
      kind,
    ])
  ).rows

test('a talk opens for a reason, the person hears of it in chat and on the page, and every page is in the audit', async (t) => {
  const { bot, app, userId } = await botTalker(world, t)
  await app.talk(SECRET)
  const page = await app.watch()
  for (const reason of ['', 'короткое', ' '.repeat(20), 'x'.repeat(501)]) {
    assert.equal((await post(`users/${userId}/readings`, { reason })).status, 422, reason)
  }
  assert.equal((await post(`users/${randomUUID()}/readings`, { reason: REASON })).status, 404)
  assert.equal(
    bot.texts().filter((text) => text.includes('команды Vitte')).length,
    0,
    'nothing was opened, nothing is told',
  )

  const { readingId } = granted(await post(`users/${userId}/readings`, { reason: REASON, kind: 'support' }), 201)
  await bot.hears((text) => text.includes('человек из команды Vitte') && text.includes('ответить на обращение'))
  const line = (await app.history()).at(-1)
  assert.deepEqual([line?.role, /человек из команды Vitte/.test(line?.text ?? '')], ['system', true])
  await waitFor(() => page.events.some(({ data }) => JSON.stringify(data).includes('команды Vitte')), {
    what: 'the line on the open page',
  })

  const { messages, hasMore } = granted(await read(operator, readingId))
  assert.ok(messages.some(({ text }) => text === SECRET))
  assert.equal(hasMore, false)
  granted(await read(operator, readingId, `?before=${messages[1]?.seq}`))
  assert.deepEqual(
    (await audited('reading_page')).map(({ details }) => details.before),
    [null, messages[1]?.seq],
  )
  assert.equal((await read(colleague, readingId)).status, 404, 'a colleague opens it for a reason of their own')
  await world.database.pool.query('UPDATE readings SET expires_at = now() WHERE id = $1', [readingId])
  const late = await read(operator, readingId)
  assert.deepEqual([late.status, late.body.code], [410, 'reading_expired'])
  assert.equal((await audited('reading_page')).length, 2, 'what was not shown is not said to be')
})

test('a report shows no word until it is opened, and then that exchange alone', async (t) => {
  const { bot, app, userId } = await botTalker(world, t)
  await app.talk('это не про жалобу')
  const { turn } = await app.talk(SECRET)
  const turnId = turn?.id ?? ''
  assert.equal((await post(`reports/${turnId}/readings`, { reason: REASON })).status, 404, 'nobody has reported it')
  granted(await app.client.call(`/api/turns/${turnId}/report`, { method: 'POST', body: {} }), 202)
  const listed = granted(await operator.client.call<{ reports: object[] }>('/api/admin/reports'))
  const report = listed.reports.find((each) => 'turnId' in each && each.turnId === turnId)
  assert.deepEqual(Object.keys(report ?? {}).toSorted(), ['askedAt', 'personaId', 'reportedAt', 'turnId', 'userId'])
  assert.ok(!JSON.stringify(listed).includes('канарейка'))

  const opened = granted(await post(`reports/${turnId}/readings`, { reason: REASON }), 201)
  assert.equal(opened.userId, userId)
  await bot.hears((text) => text.includes('на который вы пожаловались'))
  const { messages } = granted(await read(operator, opened.readingId))
  assert.deepEqual(
    messages.map(({ role, text }) => [role, text === SECRET]),
    [
      ['user', true],
      ['assistant', false],
    ],
  )
})

test('figures of a user hold no name, address or word, whichever way somebody is looked for', async (t) => {
  const { id, app, userId } = await botTalker(world, t)
  await app.talk(SECRET)
  const mail = new Person(world.vitte.url, t)
  const reader = await mail.signInByMail(world.sandbox, 'canary7319@example.org')
  const find = (query: string) =>
    operator.client.call<{ user: { id: string; linesCount: number } }>(`/api/admin/users?${query}`)
  const byTelegram = granted(await find(`telegramId=${id}`))
  assert.deepEqual([byTelegram.user.id, byTelegram.user.linesCount], [userId, (await app.history()).length])
  assert.deepEqual(granted(await find(`id=${userId}`)).user.id, userId)
  const byMail = granted(await find(`email=${encodeURIComponent(' Canary7319@Example.org')}`))
  assert.equal(byMail.user.id, reader.id)
  const shown = JSON.stringify([byTelegram, byMail])
  for (const canary of ['Вера', 'канарейка', 'canary7319', 'example.org', String(id)]) {
    assert.ok(!shown.includes(canary), `${canary} in ${shown}`)
  }
  for (const query of ['', `id=${userId}&telegramId=${id}`, 'telegramId=x'])
    assert.equal((await find(query)).status, 422, query)
  for (const query of ['telegramId=1', `id=${randomUUID()}`, 'email=nobody'])
    assert.equal((await find(query)).status, 404, query)
  assert.equal((await audited('user_looked_up')).length, 3)
})

test('no list that operators see holds a word or name of people; requests to them are read and audited', async () => {
  const paths = ['deliveries', 'deliveries?state=open', 'payments/differences', 'reports', 'campaigns', 'support']
  for (const path of paths) {
    const { status, body } = await operator.client.call(`/api/admin/${path}`)
    assert.equal(status, 200, path)
    assert.ok(!/канарейка|Вера|example\.org/.test(JSON.stringify(body)), path)
  }
  assert.equal((await audited('support_read')).length, 1)
})

test('what all of this wrote is a sound audit', async () => {
  const env = { DATABASE_URL: world.database.connectionString, MASTER_KEY: world.vitte.env.MASTER_KEY ?? '' }
  assert.deepEqual(await runAudit(env), { code: 0, said: 'sound' })
})
