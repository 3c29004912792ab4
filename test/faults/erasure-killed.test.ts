import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERASURE_STEPS } from '#platform/failpoints'
import { granted } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { auditBooks, type Finding } from '../../src/processes/audit-books.ts'
import { botTalker, notToBeAsked } from '../journeys/bot-steps.ts'
import { leave, leftOf, letTheDayPass } from '../journeys/leaving-steps.ts'

const FAREWELL = 'стирается прямо сейчас'
const world = await startWorld()
const again = { PORT: world.vitte.env.PORT ?? '' }
const { pool } = world.database
let running = world.vitte

for (const step of ERASURE_STEPS) {
  test(`killed at ${step}: somebody else goes on, and nothing is left in the end`, async (t) => {
    const { app, bot, userId } = await botTalker(world, t)
    await notToBeAsked(app)
    await app.talk('Запомни это')
    granted(await leave(app), 202)
    await running.stop()
    const victim = await world.startAnother({ ...again, FAILPOINTS: `${step}=${userId}` })
    await pool.query('UPDATE erasures SET due_at = now() WHERE due_at IS NOT NULL')
    await waitFor(() => victim.logs('failpoint.reached').length > 0, { what: `a worker at ${step}` })
    await victim.kill('SIGKILL')
    running = await world.startAnother(again)
    // Not to wait for the end of the dead worker's lease.
    await letTheDayPass(world, userId)
    const { audit_events: events, ...left } = await leftOf(world, userId)
    assert.ok(events)
    assert.deepEqual(left, { erasures: 1 })
    assert.equal(bot.texts().filter((text) => text.includes(FAREWELL)).length, 1)
    const found: Finding[] = []
    await auditBooks(pool, (finding) => found.push(finding))
    assert.deepEqual(found, [])
  })
}
