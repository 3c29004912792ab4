import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { FIRST_STEPS, type Step } from '#platform/failpoints'
import type { Vitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { botTalker, type Talker } from '../journeys/bot-steps.ts'

const REACHED_WITHIN_MS = 60_000
const DELIVERY_STEPS: readonly Step[] = ['delivery.leased', 'delivery.attempted', 'delivery.sent', 'delivery.recorded']
/** Died between the attempt's row and the send: perhaps it came, so it is never sent again. */
const NEVER_CAME: ReadonlySet<Step> = new Set(['delivery.attempted'])

interface Case extends Talker {
  step: Step
}

/** For each step somebody who wants to be written to and whose time has come. No process runs when this resolves. */
async function stage(t: TestContext, steps: readonly Step[]): Promise<{ world: World; cases: Case[] }> {
  const env = { TELEGRAM_MODE: 'webhook', QUIET_HOURS: 'none' }
  const world = await startWorld(t, { redis: true, env })
  world.sandbox.model.control({ text: 'Подумала о тебе.' })
  const cases = await Promise.all(
    steps.map(async (step) => {
      const talker = await botTalker(world, t)
      await talker.app.client.call('/api/me', { method: 'PATCH', body: { proactive: { enabled: true } } })
      return { ...talker, step }
    }),
  )
  await world.vitte.stop()
  const { pool } = world.database
  await pool.query(`UPDATE users SET spoke_at = spoke_at - interval '73 hours'`)
  await pool.query(`UPDATE engagements SET silent_since = silent_since - interval '73 hours', due_at = now()`)
  return { world, cases }
}

/** Starts the process that shall die or freeze, and brings each to its step. */
async function catchAll(world: World, cases: readonly Case[]): Promise<Vitte> {
  const FAILPOINTS = cases.map(({ step, userId }) => `${step}=${userId}`).join(',')
  const victim = await world.startAnother({ FAILPOINTS, PORT: world.vitte.env.PORT ?? '' })
  await waitFor(() => victim.logs('failpoint.reached').length === cases.length, {
    deadlineMs: REACHED_WITHIN_MS,
    what: 'everybody at their step',
  })
  return victim
}

/** What the database does by itself when it has not heard of a process for a while. */
async function endLeases({ database }: World): Promise<void> {
  await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )
  for (const table of ['engagements', 'deliveries']) {
    await database.pool.query(
      `UPDATE ${table} SET due_at = now() WHERE due_at > now() AND due_at < 'infinity' AND lease_attempts > 0`,
    )
  }
}

async function allSaid({ database }: World): Promise<void> {
  await waitFor(
    async () => {
      const { rows } = await database.pool.query<{ open: number }>(
        `SELECT (SELECT count(*) FROM engagements WHERE moment = 0)
              + (SELECT count(*) FROM deliveries WHERE purpose = 'proactive' AND due_at IS NOT NULL) AS open`,
      )
      return Number(rows[0]?.open) === 0
    },
    { deadlineMs: REACHED_WITHIN_MS, what: 'everybody to be written to' },
  )
}

async function proveOnce({ database, vitte }: World, next: Vitte, { step, bot, app, userId }: Case): Promise<void> {
  assert.notEqual(next.pid, vitte.pid)
  const said = await database.pool.query('SELECT skipped FROM initiatives WHERE user_id = $1', [userId])
  assert.deepEqual(said.rows, [{ skipped: null }], step)
  const lines = (await app.at(next.url).history()).filter(({ text }) => text === 'Подумала о тебе.')
  assert.equal(lines.length, 1, step)
  const shown = bot.texts().filter((text) => text === 'Подумала о тебе.')
  assert.equal(shown.length, NEVER_CAME.has(step) ? 0 : 1, step)
}

for (const [what, steps] of [
  ['writing', FIRST_STEPS],
  ['sending', DELIVERY_STEPS],
] as const) {
  test(`killed at each step of ${what}: one message at most, one line, one row`, async (t) => {
    const { world, cases } = await stage(t, steps)
    const victim = await catchAll(world, cases)
    await victim.kill('SIGKILL')
    await endLeases(world)
    const next = await world.startAnother()
    await allSaid(world)
    for (const each of cases) await proveOnce(world, next, each)
  })

  test(`frozen at each step of ${what} until others have finished, then woken: nothing is said twice`, async (t) => {
    const { world, cases } = await stage(t, steps)
    const victim = await catchAll(world, cases)
    victim.signal('SIGSTOP')
    t.after(() => victim.signal('SIGCONT'))
    await endLeases(world)
    const next = await world.startAnother()
    await allSaid(world)
    victim.signal('SIGCONT')
    await victim.stop()
    for (const each of cases) {
      const shown = each.bot.texts().filter((text) => text === 'Подумала о тебе.').length
      if (each.step === 'delivery.attempted') assert.ok(shown <= 1, 'it sent what it had begun')
      else await proveOnce(world, next, each)
    }
  })
}

test('two processes plan and write at the same time: everybody hears it once', async (t) => {
  const { world, cases } = await stage(
    t,
    Array.from({ length: 12 }, () => 'first.leased' as const),
  )
  const both = await Promise.all([world.startAnother(), world.startAnother()])
  await allSaid(world)
  for (const each of cases) await proveOnce(world, both[0] as Vitte, each)
})
