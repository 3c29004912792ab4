import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIRST_STEPS } from '#platform/failpoints'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botPerson } from '../journeys/bot-steps.ts'

const SAID = '⏰ Вы просили напомнить: чай'
/** Of an opener alone; a reminder is in the person's own words. */
const STEPS = FIRST_STEPS.filter((step) => step !== 'first.written')

for (const step of STEPS) {
  test(`killed at ${step}: the reminder is said once`, async (t) => {
    const world = await startWorld(t)
    const { bot, userId } = await botPerson(world, t)
    bot.send('/remind 2h чай')
    await bot.hears((text) => text.endsWith('чай'))
    await world.vitte.stop()
    const again = { PORT: world.vitte.env.PORT ?? '' }
    const victim = await world.startAnother({ ...again, FAILPOINTS: `${step}=${userId}` })
    await world.database.pool.query('UPDATE reminders SET remind_at = now(), due_at = now()')
    await waitFor(() => victim.logs('failpoint.reached').length > 0, { what: `a worker at ${step}` })
    await victim.kill('SIGKILL')
    // Not to wait for the end of the dead worker's lease.
    await world.database.pool.query('UPDATE reminders SET due_at = now() WHERE due_at IS NOT NULL')
    await world.startAnother(again)
    await bot.hears((text) => text === SAID)
    const { rows } = await world.database.pool.query(
      `SELECT r.state, (SELECT count(*)::integer FROM deliveries d WHERE d.user_id = r.user_id AND d.purpose = 'proactive') AS owed
       FROM reminders r`,
    )
    assert.deepEqual(rows, [{ state: 'said', owed: 1 }])
    assert.equal(bot.texts().filter((text) => text === SAID).length, 1)
  })
}
