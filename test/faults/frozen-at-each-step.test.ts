import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { allSettled } from './all-settled.ts'
import { askAgain, catchAtEachStep, isPage, post, stageEachStep } from './each-step.ts'
import { proveOnce } from './prove-once.ts'

/**
 * What the database does by itself when it has not heard of a process for twenty seconds; done early, the frozen one
 * wakes in the belief that all of it is still its own, as a machine does whose clock stood still with it.
 */
async function endLeases({ database }: World): Promise<void> {
  await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )
  for (const table of ['turns', 'deliveries']) {
    await database.pool.query(`UPDATE ${table} SET due_at = now() WHERE due_at > now() AND due_at < 'infinity'`)
  }
}

test('frozen at each step on each interface until others have finished, then woken: nothing is done twice', async (t) => {
  const stage = await stageEachStep(t, { TELEGRAM_MODE: 'webhook' })
  const { world, cases } = stage
  const { victim, posts } = await catchAtEachStep(stage)
  victim.signal('SIGSTOP')
  t.after(() => victim.signal('SIGCONT'))
  await endLeases(world)
  const other = await world.startAnother()
  const repeat = cases.filter(isPage).map((each) => waitFor(async () => (await post(each, other)).status === 202))
  await Promise.all(repeat)
  await allSettled(world, cases.length * 2)

  victim.signal('SIGCONT')
  // Who was kept waiting by the frozen one hears from it what the other one has said.
  for (const { each, answered } of posts) {
    const [late, now] = [await answered, await post(each, other)]
    assert.deepEqual([late?.status, late?.body.turnId], [202, now.body.turnId], each.question)
  }
  await askAgain(stage, other)
  // Whatever it still had in hand is over when it has left.
  await victim.stop()
  for (const each of cases) await proveOnce(world, other, each)
})
