import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { waitFor } from '#test/wait-for'
import { createPulse } from './pulse.ts'

const nowMs = () => performance.now()
const never = Number.POSITIVE_INFINITY

test('beats are never two at once, and what changed meanwhile is looked at after each', async () => {
  let [due, beats] = [0, 0]
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const pulse = createPulse({
    nowMs,
    dueMs: () => due,
    async beat() {
      beats += 1
      if (beats === 2) due = never
      await gates[beats - 1]?.promise
    },
  })
  pulse.look()
  await waitFor(() => beats === 1)
  for (let looks = 0; looks < 10; looks += 1) {
    pulse.look()
    await turn()
  }
  assert.equal(beats, 1)
  gates[0]?.resolve()
  await waitFor(() => beats === 2)
  const stopped = pulse.stop()
  due = 0
  gates[1]?.resolve()
  await stopped
  pulse.look()
  await turn()
  assert.equal(beats, 2)
})

test('looks that come one after another do not put the beat off', async () => {
  let beats = 0
  const start = nowMs()
  const pulse = createPulse({
    nowMs,
    dueMs: () => (beats === 0 ? start + 20 : never),
    async beat() {
      beats += 1
    },
  })
  await waitFor(async () => {
    for (let looks = 0; looks < 1_000 && beats === 0; looks += 1) {
      pulse.look()
      await turn()
    }
    return beats === 1
  })
})

test('what is stopped in the same breath does not begin', async () => {
  let beats = 0
  const pulse = createPulse({
    nowMs,
    dueMs: () => 0,
    async beat() {
      beats += 1
    },
  })
  pulse.look()
  await pulse.stop()
  await turn()
  assert.equal(beats, 0)
})
