import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { CAMPAIGN_ENV, heard, operatorAt, reasons, welcoming } from '../journeys/campaign-steps.ts'
import type { Reachable } from './owing.ts'

const PEOPLE = 60
const TEXT = 'Только один раз.'
/** What one process sends at once of what nobody asked for (run-workers.ts): so many may be cut off by its death. */
const CUT_OFF_MAX = 8

test('killed in the midst, it is resumed by another process, and nobody hears it twice', async (t) => {
  const world = await startWorld(t, { env: CAMPAIGN_ENV })
  const people = await welcoming(world, PEOPLE)
  const operator = await operatorAt(world)
  const { id } = await operator.draft({ ru: TEXT })
  await operator.deed(id, 'start')
  await operator.until(id, ({ sent }) => sent >= 5)
  await world.vitte.kill()
  const toldBefore = (await reasons(world, id)).size

  const next = await world.startAnother()
  const end = await (await operatorAt(world, next.url)).until(id, ({ state }) => state === 'done')
  assert.ok(toldBefore > 0, 'it was killed in the midst')
  assert.deepEqual([end.total, end.sent + end.failed, end.skipped], [PEOPLE, PEOPLE, 0])
  const times = people.map((person) => heard(world, person, TEXT))
  assert.ok(
    times.every((count) => count <= 1),
    `heard ${times.join(' ')}`,
  )
  assert.ok(end.failed <= CUT_OFF_MAX, `${end.failed} may not have come`)
  const came = times.filter((count) => count === 1).length
  assert.ok(came >= end.sent && came <= PEOPLE, 'what was sent has come')
})

test('killed just before and just after one is written down: nobody is left out, and nobody hears it twice', async (t) => {
  const world = await startWorld(t, { env: CAMPAIGN_ENV })
  const groups = { ru: await welcoming(world, 5, 'ru'), en: await welcoming(world, 5, 'en') }
  const third = (people: Reachable[]) => people.map(({ userId }) => userId).toSorted()[2] ?? assert.fail()
  const [before, after] = [third(groups.ru), third(groups.en)]
  await world.vitte.stop()
  const victim = await world.startAnother({ FAILPOINTS: `first.recording=${before},first.recorded=${after}` })
  const operator = await operatorAt(world, victim.url)
  const ids: string[] = []
  for (const locale of ['ru', 'en']) {
    const { id } = await operator.draft({ ru: TEXT }, { locale })
    await operator.deed(id, 'start')
    ids.push(id)
  }
  await waitFor(() => victim.logs('failpoint.reached').length === 2, { deadlineMs: 30_000, what: 'both at their step' })
  const sentBefore = async () => assert.deepEqual(await allStates(world), Array(5).fill('sent'))
  await waitFor(async () => (await sentBefore()) ?? true, { what: 'what was owed before' })
  await victim.kill()

  const next = await operatorAt(world, (await world.startAnother()).url)
  for (const id of ids) {
    const end = await next.until(id, ({ state }) => state === 'done')
    assert.deepEqual([end.total, end.sent, end.skipped, end.failed], [5, 5, 0, 0])
  }
  const everybody = [...groups.ru, ...groups.en]
  assert.deepEqual([...new Set(everybody.map((person) => heard(world, person, TEXT)))], [1])
})

/** Of all that was owed. */
async function allStates({ database }: World): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM deliveries WHERE purpose = 'proactive'
  `.execute(database.db)
  return rows.map(({ state }) => state)
}

test('two processes see to one campaign, started at both at once: each hears it once (F51)', async (t) => {
  const world = await startWorld(t, { redis: true, env: CAMPAIGN_ENV })
  const other = await world.startAnother()
  const people = await welcoming(world, PEOPLE)
  const operators = [await operatorAt(world), await operatorAt(world, other.url)]
  const [here = assert.fail()] = operators
  const { id } = await here.draft({ ru: TEXT })
  const answers = await Promise.all(operators.map((operator) => operator.deed(id, 'start')))
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.campaign.state]),
    [
      [200, 'running'],
      [200, 'running'],
    ],
  )
  const { state, ...end } = await here.until(id, (campaign) => campaign.state === 'done')
  assert.deepEqual([end.total, end.sent, end.skipped, end.failed], [PEOPLE, PEOPLE, 0, 0], state)
  assert.deepEqual([...new Set(people.map((person) => heard(world, person, TEXT)))], [1])
  const { rows } = await sql`
    SELECT kind FROM audit_events WHERE kind = 'campaign_started' AND details->>'campaignId' = ${id}
  `.execute(world.database.db)
  assert.equal(rows.length, 1, 'it was started once')
})
