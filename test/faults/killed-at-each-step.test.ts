import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { allSettled } from './all-settled.ts'
import { askAgain, catchAtEachStep, databaseNow, isPage, post, recoveriesMs, stageEachStep } from './each-step.ts'
import { proveOnce } from './prove-once.ts'

/** What a killed worker leaves is finished by others within this time. */
const RECOVERED_MS = 30_000

test('killed at each step on each interface: asked once, answered once, paid once, and the lane goes on', async (t) => {
  const stage = await stageEachStep(t, { TELEGRAM_MODE: 'webhook' })
  const { world, cases } = stage
  const { victim } = await catchAtEachStep(stage)
  const killedAt = await databaseNow(world)
  await victim.kill('SIGKILL')
  const next = await world.startAnother()
  const repeat = cases.filter(isPage).map((each) => waitFor(async () => (await post(each, next)).status === 202))
  await Promise.all(repeat)
  await allSettled(world, cases.length * 2)
  const recoveries = await recoveriesMs(world, killedAt)
  const p99 = recoveries[Math.ceil(recoveries.length * 0.99) - 1] ?? 0
  t.diagnostic(
    `${recoveries.length} of ${cases.length} were finished after the kill: p99 ${p99} ms, ${recoveries[0]} ms at least`,
  )
  assert.ok(p99 <= RECOVERED_MS, `p99 ${p99} ms`)
  await askAgain(stage, next)
  for (const each of cases) await proveOnce(world, next, each)
})
