import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { updateUser } from '#domain/identity'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { owingIn } from '../faults/owing.ts'
import { buttonsOf } from './bot-chat.ts'
import {
  CAMPAIGN_ENV,
  heard,
  nobodyWelcomes,
  OPERATOR,
  operatorAt,
  reasons,
  type ShownCampaign,
  welcoming,
} from './campaign-steps.ts'

/** So slow that what is owed ahead piles up. */
const SLOW_MS = 2_000
/** Far more than are being sent at once. */
const OWED_MIN = 30
const NEWS = { ru: 'У нас новая история.', en: 'There is a new story.' }

const world = await startWorld(undefined, { env: CAMPAIGN_ENV })
const { db } = world.database
const { telegram } = world.sandbox
const operator = await operatorAt(world)
const figures = ({ state, total, sent, skipped, failed }: ShownCampaign) => [state, total, sent, skipped, failed]

async function reachability(userId: string): Promise<string | undefined> {
  const { rows } = await sql<{ reachability: string }>`
    SELECT reachability FROM identities WHERE user_id = ${userId} AND provider = 'telegram'
  `.execute(db)
  return rows[0]?.reachability
}

/** People of this test alone. */
function cast(t: TestContext, ...more: [number, ('ru' | 'en')?]) {
  t.after(() => nobodyWelcomes(world))
  return welcoming(world, ...more)
}

test('from a draft to the last chat: those who want it hear it once, in their language, and nobody else', async (t) => {
  const [russian, english] = [await cast(t, 2), await cast(t, 1, 'en')]
  const silent = await owingIn(world).newcomer()
  const [young] = await welcoming(world, 1)
  await sql`UPDATE users SET adult_confirmed_at = NULL WHERE id = ${young?.userId ?? ''}`.execute(db)
  const [blocked = assert.fail()] = await welcoming(world, 1)
  telegram.block(blocked.id)
  await waitFor(async () => (await reachability(blocked.userId)) === 'blocked', { what: 'a closed chat' })
  const reader = new Person(world.vitte.url, t)
  const { id: readerId } = await reader.signInByMail(world.sandbox, 'only-web@example.org')
  await reader.confirmAdult()
  await updateUser(db, readerId, { proactiveEnabled: true })

  const campaign = await operator.draft(NEWS)
  assert.deepEqual(figures(campaign), ['draft', 3, 0, 0, 0])
  const [late] = await cast(t, 1)
  const started = await operator.deed(campaign.id, 'start')
  assert.deepEqual([started.status, figures(started.body.campaign)], [200, ['running', 4, 0, 0, 0]], 'counted again')
  const done = await operator.until(campaign.id, ({ state }) => state === 'done')
  assert.deepEqual(figures(done), ['done', 4, 4, 0, 0])

  for (const person of [...russian, late ?? assert.fail()]) assert.equal(heard(world, person, NEWS.ru), 1)
  for (const person of english) assert.equal(heard(world, person, NEWS.en), 1)
  for (const person of [silent, young, blocked]) assert.deepEqual(telegram.replies(person?.id ?? 0), [])
  assert.deepEqual([...(await reasons(world, campaign.id)).values()], [null, null, null, null])
  assert.equal((await reader.history()).length, 0)
})

test('it stands in the history as the companion’s, with a button to hear no more, and costs nothing', async (t) => {
  const [someone = assert.fail()] = await cast(t, 1)
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, someone.id)
  const page = await site.watch()
  const before = (await site.me()).credits
  const { id } = await operator.draft({ ru: 'Загляните на минуту.' })
  await operator.deed(id, 'start')
  await page.next('message', ({ text }) => text === 'Загляните на минуту.')
  await operator.until(id, ({ state }) => state === 'done')
  const [line] = (await site.history()).slice(-1)
  assert.deepEqual(
    [line?.role, line?.channel, line?.interface, line?.text, line?.delivery?.status],
    ['assistant', 'telegram', 'bot', 'Загляните на минуту.', 'sent'],
  )
  assert.ok(line?.conversationId)
  assert.deepEqual((await site.me()).credits, before)
  assert.equal(buttonsOf(telegram.replies(someone.id).at(-1) ?? assert.fail()).length, 1)
})

test('the audience: a language, a companion, and those who were silent for so long', async (t) => {
  const [, , talked = assert.fail()] = await cast(t, 3)
  await cast(t, 2, 'en')
  await sql`UPDATE users SET spoke_at = now() - interval '3 hours' WHERE id = ${talked.userId}`.execute(db)
  const counted = async (audience: object) => (await operator.draft(NEWS, audience)).total
  assert.equal(await counted({}), 5)
  assert.equal(await counted({ locale: 'en' }), 2)
  assert.equal(await counted({ personaId: 'arina' }), 5)
  assert.equal(await counted({ personaId: 'cassandra' }), 0)
  assert.equal(await counted({ inactiveForHours: 4 }), 0, 'whoever never wrote is silent since they came')
  await sql`UPDATE users SET created_at = now() - interval '5 hours'`.execute(db)
  assert.equal(await counted({ inactiveForHours: 4 }), 4)
  assert.equal(await counted({ inactiveForHours: 2, locale: 'ru' }), 3)
})

test('whoever may not be written to now is left out for good, with the reason', async (t) => {
  const [quiet, capped, talking, alone, free] = await cast(t, 5)
  const idOf = (person: { userId: string } | undefined) => person?.userId ?? assert.fail()
  await sql`
    UPDATE users SET timezone = 'UTC', quiet_hours = to_char(now() AT TIME ZONE 'UTC' - interval '1 h', 'HH24:MI')
      || '-' || to_char(now() AT TIME ZONE 'UTC' + interval '2 h', 'HH24:MI') WHERE id = ${idOf(quiet)}
  `.execute(db)
  await sql`
    INSERT INTO initiatives (user_id, kind, cause, at)
    SELECT ${idOf(capped)}, 'campaign', n, now() + interval '1 h' FROM generate_series(1, 100) AS n
  `.execute(db)
  await sql`UPDATE users SET spoke_at = now() WHERE id = ${idOf(talking)}`.execute(db)
  await sql`UPDATE conversations SET status = 'archived' WHERE user_id = ${idOf(alone)}`.execute(db)
  const { id } = await operator.draft({ ru: 'Кому можно.' })
  await operator.deed(id, 'start')
  const done = await operator.until(id, ({ state }) => state === 'done')
  assert.deepEqual(figures(done), ['done', 5, 1, 4, 0])
  const why = await reasons(world, id)
  assert.deepEqual(
    [quiet, capped, talking, alone, free].map((person) => why.get(idOf(person))),
    ['quiet_hours', 'daily_cap', 'talking', 'no_conversation', null],
  )
})

test('what Telegram does not take is counted as failed, and a closed chat is closed from then on', async (t) => {
  const [closed = assert.fail(), refused = assert.fail(), fine = assert.fail()] = await cast(t, 3)
  const at = { kind: 'error', method: 'sendMessage', times: 1 } as const
  telegram.faults.add({
    ...at,
    errorCode: 403,
    description: 'Forbidden: bot was blocked by the user',
    chatId: closed.id,
  })
  telegram.faults.add({ ...at, errorCode: 400, description: 'Bad Request: message is too long', chatId: refused.id })
  const { id } = await operator.draft({ ru: 'Всем привет.' })
  await operator.deed(id, 'start')
  assert.deepEqual(figures(await operator.until(id, ({ state }) => state === 'done')), ['done', 3, 1, 0, 2])
  assert.equal(heard(world, fine, 'Всем привет.'), 1)
  assert.equal((await operator.draft(NEWS)).total, 2, 'who has closed the chat is in no audience')
})

test('paused by two at once it stands still, resumed it goes on, cancelled it takes back what is not sent', async (t) => {
  const people = await cast(t, 180)
  const { id } = await operator.draft({ ru: 'Много.' })
  await operator.deed(id, 'start')
  await operator.until(id, ({ sent }) => sent >= 10)
  const pauses = await Promise.all([operator.deed(id, 'pause'), operator.deed(id, 'pause')])
  assert.deepEqual(
    pauses.map(({ status, body }) => [status, body.campaign.state]),
    [
      [200, 'paused'],
      [200, 'paused'],
    ],
  )
  const refused = await operator.deed(id, 'start')
  assert.deepEqual([refused.status, refused.body.code], [409, 'campaign_paused'])
  await waitFor(async () => (await underWay(id)) === 0, { deadlineMs: 30_000, what: 'the end of what was owed' })
  const still = await operator.until(id, ({ sent }) => sent === hearers(people, 'Много.'))
  assert.ok(still.sent < 180, `${still.sent} were sent before the pause`)

  assert.equal((await operator.deed(id, 'resume')).body.campaign.state, 'running')
  await operator.until(id, ({ sent }) => sent > still.sent)
  const slow = telegram.faults.add({ kind: 'delay', delayMs: SLOW_MS, method: 'sendMessage' })
  await waitFor(async () => (await underWay(id)) >= OWED_MIN, { deadlineMs: 30_000, what: 'what is owed ahead' })
  const cancelled = await operator.deed(id, 'cancel')
  assert.deepEqual([cancelled.status, cancelled.body.campaign.state], [200, 'cancelled'])
  telegram.faults.clear(slow.id)
  await waitFor(async () => (await underWay(id)) === 0, { deadlineMs: 30_000, what: 'the end of what was owed' })
  const end = await operator.look(id)
  const why = [...(await reasons(world, id)).values()]
  assert.equal(end.skipped, why.filter((reason) => reason === 'cancelled').length)
  assert.ok(end.skipped > 0 && end.sent < 180, JSON.stringify(end))
  assert.equal(end.sent, hearers(people, 'Много.'))
  assert.deepEqual([end.state, end.total, end.failed], ['cancelled', 180, 0])
  assert.equal((await operator.deed(id, 'cancel')).status, 200)
  for (const deed of ['start', 'pause', 'resume']) {
    const answer = await operator.deed(id, deed)
    assert.deepEqual([answer.status, answer.body.code], [409, 'campaign_over'], deed)
  }
  const { rows } = await sql<{ kind: string; user_id: string }>`
    SELECT kind, user_id FROM audit_events WHERE details->>'campaignId' = ${id} ORDER BY id
  `.execute(db)
  const kinds = ['campaign_started', 'campaign_paused', 'campaign_resumed', 'campaign_cancelled']
  assert.deepEqual(
    rows,
    kinds.map((kind) => ({ kind, user_id: operator.userId })),
  )
})

/** How much of it the campaign still waits for. */
async function underWay(campaignId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM initiatives WHERE awaited AND cause = ${campaignId}
  `.execute(db)
  return rows[0]?.count ?? -1
}

/** How many of them have heard it; nobody has twice. */
function hearers(people: readonly { id: number }[], text: string): number {
  const times = people.map((person) => heard(world, person, text))
  assert.ok(times.every((count) => count <= 1))
  return times.filter((count) => count === 1).length
}

test('bad input is refused with what is wrong, and nothing is made of it', async () => {
  const listed = async () =>
    (await operator.client.call<{ campaigns: ShownCampaign[] }>('/api/admin/campaigns?limit=100')).body.campaigns.length
  const before = await listed()
  const ru = 'Привет.'
  const cases: [object, string][] = [
    [{ text: { en: 'No Russian.' } }, 'text.ru'],
    [{ text: { ru: '' } }, 'text.ru'],
    [{ text: { ru: ' \n' } }, 'text.ru'],
    [{ text: { ru: 'я'.repeat(4097) } }, 'text.ru'],
    [{ text: { ru, en: 'e'.repeat(4097) } }, 'text.en'],
    [{ text: { ru: 'а\u0000б' } }, 'text.ru'],
    [{ text: { ru: '\ud800' } }, 'text.ru'],
    [{ text: { ru, fr: 'Salut.' } }, 'text.fr'],
    [{ text: { ru }, audience: { locale: 'fr' } }, 'audience.locale'],
    [{ text: { ru }, audience: { personaId: 'nobody' } }, 'audience.personaId'],
    [{ text: { ru }, audience: { inactiveForHours: -1 } }, 'audience.inactiveForHours'],
    [{ text: { ru }, audience: { inactiveForHours: 1e9 } }, 'audience.inactiveForHours'],
    [{ text: { ru }, audience: { inactiveForHours: '72' } }, 'audience.inactiveForHours'],
    [{ text: { ru }, audience: { everybody: true } }, 'audience.everybody'],
    [{ audience: {} }, 'text'],
  ]
  for (const [body, field] of cases) {
    const answer = await operator.post('', body)
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_input'], field)
    assert.deepEqual(Object.keys(answer.body.fields ?? {}), [field])
  }
  assert.equal(await listed(), before)
  const longest = await operator.draft({ ru: 'я'.repeat(4096), en: '…'.repeat(4096) })
  assert.equal(longest.state, 'draft')
})

test('a deed for which it is too early, too late, or the wrong id', async (t) => {
  await cast(t, 1)
  const { id } = await operator.draft(NEWS)
  for (const deed of ['pause', 'resume']) {
    const early = await operator.deed(id, deed)
    assert.deepEqual([early.status, early.body.code], [409, 'campaign_not_started'], deed)
  }
  for (const unknown of [randomUUID(), 'нет', '1']) {
    for (const deed of ['start', 'pause', 'resume', 'cancel'])
      assert.equal((await operator.deed(unknown, deed)).status, 404)
    assert.equal((await operator.client.call(`/api/admin/campaigns/${unknown}`)).status, 404)
  }
  const starts = await Promise.all([operator.deed(id, 'start'), operator.deed(id, 'start'), operator.deed(id, 'start')])
  assert.deepEqual(
    starts.map(({ status }) => status),
    [200, 200, 200],
  )
  await operator.until(id, ({ state }) => state === 'done')
  for (const deed of ['start', 'pause', 'resume', 'cancel']) {
    const late = await operator.deed(id, deed)
    assert.deepEqual([late.status, late.body.code], [409, 'campaign_over'], deed)
  }
  const draft = await operator.draft(NEWS)
  assert.equal((await operator.deed(draft.id, 'cancel')).body.campaign.state, 'cancelled')
})

test('the list begins with the newest, a page at a time; for anybody else there is nothing', async (t) => {
  const made = [await operator.draft(NEWS), await operator.draft(NEWS), await operator.draft(NEWS)].map(({ id }) => id)
  const page = async (query: string) =>
    (await operator.client.call<{ campaigns: ShownCampaign[]; hasMore: boolean }>(`/api/admin/campaigns?${query}`)).body
  const first = await page('limit=2')
  assert.deepEqual([first.campaigns.map(({ id }) => id), first.hasMore], [made.toReversed().slice(0, 2), true])
  assert.equal((await page(`limit=1&before=${first.campaigns[1]?.id}`)).campaigns[0]?.id, made[0])
  for (const query of ['limit=0', 'limit=101', 'before=1'])
    assert.equal((await operator.client.call(`/api/admin/campaigns?${query}`)).status, 422, query)

  const stranger = new Person(world.vitte.url, t)
  await stranger.signInByWidget(world.sandbox, OPERATOR - 1)
  for (const path of ['', `/${made[0]}`])
    assert.equal((await stranger.client.call(`/api/admin/campaigns${path}`)).status, 404)
  const body = { text: NEWS, audience: {} }
  assert.equal((await stranger.client.call('/api/admin/campaigns', { body })).status, 404)
  assert.equal((await stranger.client.call(`/api/admin/campaigns/${made[0]}/start`, { method: 'POST' })).status, 404)
  assert.equal((await operator.look(made[0] ?? '')).state, 'draft')
})
