import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { allSettled } from './all-settled.ts'
import { askAgain, catchAtEachStep, isPage, post, stageEachStep } from './each-step.ts'
import { proveOnce } from './prove-once.ts'

test('frozen at each step on each interface until others have finished, then woken: nothing is done twice', async (t) => {
  const stage = await stageEachStep(t, { TELEGRAM_MODE: 'polling' })
  const { world, cases } = stage
  const { victim, posts } = await catchAtEachStep(stage)
  victim.signal('SIGSTOP')
  t.after(() => victim.signal('SIGCONT'))
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
