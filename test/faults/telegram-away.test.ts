import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { deliveriesTo, type Listener, listener } from './outcome-table.ts'
import { owingIn } from './owing.ts'

const OTHERS = 100
const PATIENCE_SECONDS = 30
const ASKERS = 4
/** Overdue deliveries are looked for every minute. */
const GIVEN_UP_DEADLINE_MS = 90_000
const DEADLINE_MS = 60_000

/** Seconds until what is owed to this chat may be tried again; those that wait behind others are left out. */
async function dueInSeconds({ database }: World, telegramId: number): Promise<number[]> {
  const { rows } = await database.pool.query<{ seconds: number }>(
    `SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM deliveries
     WHERE address = $1 AND due_at < 'infinity'`,
    [String(telegramId)],
  )
  return rows.map(({ seconds }) => seconds)
}

const allSent = (world: World, telegramId: number) =>
  waitFor(async () => (await deliveriesTo(world, telegramId)).every(({ state }) => state === 'sent'), {
    deadlineMs: DEADLINE_MS,
  })

test('a chat that Telegram asks for patience is left alone as long as asked, while a hundred others get theirs', async (t) => {
  const world = await startWorld(t)
  const { telegram } = world.sandbox
  const owing = owingIn(world)
  const patient = await owing.newcomer()
  const others = await Promise.all(Array.from({ length: OTHERS }, owing.newcomer))
  telegram.faults.add({ kind: '429', chatId: patient.id, times: 1, retryAfterSeconds: PATIENCE_SECONDS })
  await owing.oweNotices([patient], ['unknown_command', 'nothing_to_report', 'reported'])
  await owing.oweNotices(others, ['unknown_command'])
  await waitFor(() => others.every(({ id }) => telegram.replies(id).length === 1), { deadlineMs: DEADLINE_MS })

  assert.equal(telegram.calls({ chatId: patient.id, method: 'sendMessage' }).length, 1)
  assert.deepEqual(telegram.replies(patient.id), [])
  const [seconds = 0, ...more] = await dueInSeconds(world, patient.id)
  assert.ok(more.length === 0 && seconds > 0 && seconds <= PATIENCE_SECONDS, `due in ${seconds} s`)
  const { rows } = await world.database.pool.query<{ attempts: number }>(
    `UPDATE deliveries SET due_at = now() WHERE address = $1 AND due_at < 'infinity' RETURNING attempts`,
    [String(patient.id)],
  )
  assert.deepEqual(rows, [{ attempts: 0 }], 'asked for patience is no failure')
  await allSent(world, patient.id)
  const inTheirOrder = (await deliveriesTo(world, patient.id)).map(({ external_id }) => Number(external_id))
  assert.deepEqual(
    telegram.replies(patient.id).map(({ wire }) => wire.message_id),
    inTheirOrder,
  )
})

/** People whose questions were taken in just before Telegram went, and are answered while it is away. */
async function askAndLose(world: World, t: TestContext): Promise<Listener[]> {
  const { model, telegram } = world.sandbox
  model.control({ mode: 'echo' })
  const askers = await Promise.all(Array.from({ length: ASKERS }, () => listener(world, t)))
  model.control({ hold: true })
  for (const { bot } of askers) bot.send('успею?')
  await waitFor(async () => {
    const lines = await Promise.all(askers.map(({ site }) => site.history()))
    return lines.every((history) => history.some(({ text, role }) => role === 'user' && text === 'успею?'))
  })
  telegram.faults.add({ kind: '502' })
  model.control({ hold: false })
  for (const { id } of askers) {
    const isOwed = async () => (await deliveriesTo(world, id)).some(({ state }) => state === 'pending')
    await waitFor(isOwed, { deadlineMs: DEADLINE_MS, what: 'an answer that is owed' })
  }
  return askers
}

const metric = async ({ vitte }: World, line: string) =>
  (await (await fetch(`${vitte.url}/metrics`)).text()).includes(line)

test('three days without Telegram: pages go on, what waited is given up and paid back once, and then all is as before', async (t) => {
  const world = await startWorld(t, { env: { DELIVERY_BACKOFF_BASE_MS: '20', DELIVERY_BACKOFF_MAX_MS: '100' } })
  const { telegram } = world.sandbox
  const askers = await askAndLose(world, t)
  await waitFor(() => metric(world, 'vitte_channel_away{channel="telegram"} 1'), { deadlineMs: DEADLINE_MS })
  const sendsOf = () => telegram.calls({ method: 'sendMessage' }).length
  const sends = sendsOf()
  for (const { site } of askers) await site.talk('а на сайте?')
  assert.ok(sendsOf() - sends <= ASKERS, 'while it is away nothing is sent but what was under way')

  await world.database.pool.query(`UPDATE deliveries SET owed_at = owed_at - interval '73 h' WHERE due_at IS NOT NULL`)
  await waitFor(
    async () => {
      for (const { id } of askers) assert.equal((await deliveriesTo(world, id)).at(-1)?.state, 'failed')
      return true
    },
    { deadlineMs: GIVEN_UP_DEADLINE_MS },
  )
  for (const { id, site, before } of askers) {
    const { attempts = [] } = (await deliveriesTo(world, id)).at(-1) ?? {}
    assert.ok(attempts.length <= 5, `${attempts.length} attempts`)
    assert.equal(
      (await site.me()).credits.basic,
      before.basic - 1,
      'the answer on the site is paid, the lost one is not',
    )
  }

  telegram.faults.clear()
  await waitFor(() => metric(world, 'vitte_channel_away{channel="telegram"} 0'), { deadlineMs: DEADLINE_MS })
  for (const { bot } of askers) bot.send('вы снова здесь?')
  for (const { bot, site, before } of askers) {
    await bot.hears((text) => text === 'вы снова здесь?', { deadlineMs: DEADLINE_MS })
    assert.ok(!bot.texts().includes('успею?'), 'what was given up does not come after all')
    assert.equal((await site.me()).credits.basic, before.basic - 2)
  }
  const said = world.vitte.logs().filter(({ event }) => event === 'channel.away' || event === 'channel.back')
  assert.deepEqual(
    said.map(({ event }) => event),
    ['channel.away', 'channel.back'],
  )
})

test('a revoked token sends nothing, spends nothing, and is named; the right one again and all that waited comes', async (t) => {
  const world = await startWorld(t)
  const { telegram } = world.sandbox
  const owing = owingIn(world)
  const someone = await owing.newcomer()
  telegram.faults.add({ kind: 'error', errorCode: 401, description: 'Unauthorized' })
  await owing.oweNotices([someone], ['unknown_command', 'nothing_to_report'])
  await waitFor(() => world.vitte.logs('channel.away').some(({ reason }) => reason === 'token_revoked'))
  await waitFor(async () => (await deliveriesTo(world, someone.id))[0]?.state === 'pending')
  telegram.faults.clear()
  await allSent(world, someone.id)
  const { rows } = await world.database.pool.query<{ attempts: number }>(
    'SELECT attempts FROM deliveries WHERE address = $1 ORDER BY position',
    [String(someone.id)],
  )
  assert.deepEqual(rows, [{ attempts: 1 }, { attempts: 1 }], 'only the sends that came count')
})
