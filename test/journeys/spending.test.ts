import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { USER_DAILY_REPLIES_MAX } from '#domain/spending'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { booked } from '../faults/answered-once.ts'
import { botChat } from './bot-chat.ts'

/** Some fifteen answers of a first talk. */
const DAILY_TOKENS = 40_000
const PEOPLE = 10
const QUESTIONS_EACH = 5
const LONG = { deadlineMs: 40_000, pauseMs: 100 }

const world = await startWorld(undefined, { env: { LLM_DAILY_TOKENS: String(DAILY_TOKENS) } })
const { model, telegram } = world.sandbox
const { pool } = world.database
model.control({ mode: 'echo' })
const people = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => somebody(`Гость ${index}`)))
const [first] = people
assert.ok(first)

/** Somebody with Telegram and a talk on the site. */
async function somebody(firstName: string) {
  const { id } = telegram.addPerson({ firstName, languageCode: 'ru' })
  const site = new Person(world.vitte.url)
  await site.signInByWidget(world.sandbox, id)
  await site.confirmAdult()
  await site.startConversation('arina')
  return { id, site, bot: botChat(world.sandbox, id), userId: (await site.me()).user.id }
}

async function today(): Promise<{ spent: number; held: number }> {
  const { rows } = await pool.query<{ spent: number; held: number }>(
    'SELECT tokens_spent::float8 AS spent, tokens_held::float8 AS held FROM model_days ORDER BY day DESC LIMIT 1',
  )
  return rows[0] ?? { spent: 0, held: 0 }
}

/** How the turns ended, once all have. */
async function ends(turnIds: string[]): Promise<Map<string, string>> {
  return waitFor(async () => {
    const { rows } = await pool.query<{ id: string; state: string }>(
      `SELECT id, coalesce(code, state) AS state FROM turns WHERE id = ANY($1) AND due_at IS NULL`,
      [turnIds],
    )
    return rows.length === turnIds.length ? new Map(rows.map(({ id, state }) => [id, state])) : null
  }, LONG)
}

async function refused(t: TestContext, { site, bot }: NonNullable<typeof first>, code: string, words: RegExp) {
  const page = await site.watch()
  t.after(() => page.close())
  const { credits } = await site.me()
  const calls = model.calls().length
  const text = `почему ${code}?`
  const { turnId } = await site.ask(text)
  bot.send(text)
  const told = await page.next('reply.failed', (data) => data.turnId === turnId)
  assert.equal(told.code, code)
  await bot.hears((shown) => words.test(shown))
  assert.deepEqual((await site.me()).credits, credits)
  assert.deepEqual(await booked(world, turnId), ['hold 1', 'release 1'])
  assert.equal(model.calls().length, calls, 'the model was not asked')
  return turnId
}

test('many ask at once at the cap of the day: it is not passed, and who hears no answer pays nothing', async () => {
  const before = model.calls().length
  const asked = await Promise.all(
    people.flatMap(({ site }) => Array.from({ length: QUESTIONS_EACH }, (_, index) => site.ask(`вопрос ${index}`))),
  )
  const states = await ends(asked.map(({ turnId }) => turnId))
  const by = Map.groupBy(states.keys(), (id) => states.get(id))
  const [done = [], resting = []] = [by.get('done'), by.get('service_resting')]
  assert.equal(done.length + resting.length, PEOPLE * QUESTIONS_EACH, JSON.stringify([...by.keys()]))
  assert.ok(done.length > 0 && resting.length > 0, `${done.length} answered, ${resting.length} not`)
  assert.equal(model.calls().length - before, done.length)
  for (const turnId of done) assert.deepEqual(await booked(world, turnId), ['hold 1', 'capture 1'])
  for (const turnId of resting) assert.deepEqual(await booked(world, turnId), ['hold 1', 'release 1'])
  const { spent, held } = await today()
  assert.ok(spent <= DAILY_TOKENS && spent > 0, `${spent} of ${DAILY_TOKENS}`)
  assert.equal(held, 0, 'nothing stays held when all is over')
  const { rows } = await pool.query(
    'SELECT sum(replies)::integer AS replies, sum(tokens)::float8 AS tokens FROM user_days',
  )
  assert.deepEqual(rows, [{ replies: done.length, tokens: spent }])
})

test('over the cap bot and page say so kindly; readings rest too; the next day it answers', async (t) => {
  // Less than any call needs is left.
  await pool.query('UPDATE model_days SET tokens_spent = $1', [DAILY_TOKENS])
  const turnId = await refused(t, first, 'service_resting', /силы кончились у всех/)
  await first.site.memory()
  await waitFor(() => world.vitte.logs('memory.model_failed').length > 0, { what: 'a reading that rests' })
  assert.equal(model.digests().length, 0)
  const { body } = await first.site.client.call<string>('/metrics')
  assert.match(body, /^vitte_model_day_share 1$/m)
  assert.match(body, new RegExp(`^vitte_model_day_tokens ${DAILY_TOKENS}$`, 'm'))
  assert.match(body, /^vitte_turns_total\{state="failed",code="service_resting"\} \d+$/m)
  await pool.query('UPDATE model_days SET day = day - 1')
  await first.site.client.call(`/api/turns/${turnId}/retry`, { method: 'POST' })
  assert.equal((await ends([turnId])).get(turnId), 'done')
})

test('one person has at most so many answers a day, and nobody else is concerned', async (t) => {
  const [, other, third] = people
  assert.ok(other && third)
  await pool.query('UPDATE model_days SET tokens_spent = 0')
  await pool.query('UPDATE user_days SET replies = $2 WHERE user_id = $1', [other.userId, USER_DAILY_REPLIES_MAX - 1])
  assert.equal((await other.site.talk('последний')).text, 'последний')
  await refused(t, other, 'daily_replies', /до завтра собеседник отдыхает/)
  assert.equal((await third.site.talk('а мне?')).text, 'а мне?')
  await pool.query('UPDATE user_days SET day = day - 1')
  assert.equal((await other.site.talk('назавтра')).text, 'назавтра')
})

test('an answer that was stopped before its first word counts for the person all the same', async () => {
  const [, , , , stopper] = people
  assert.ok(stopper)
  model.control({ hold: true })
  const before = model.calls().length
  const { turnId } = await stopper.site.ask('передумаю')
  await waitFor(() => model.calls().length > before, { what: 'the call' })
  await stopper.site.client.call(`/api/turns/${turnId}/cancel`, { method: 'POST' })
  assert.equal((await ends([turnId])).get(turnId), 'cancelled')
  model.control({ hold: false })
  const { rows } = await pool.query<{ replies: number; tokens: string }>(
    `SELECT replies, tokens FROM user_days WHERE user_id = $1 AND day = (now() AT TIME ZONE 'UTC')::date`,
    [stopper.userId],
  )
  assert.equal(rows[0]?.replies, 1)
  assert.ok(Number(rows[0]?.tokens) > 0)
})
