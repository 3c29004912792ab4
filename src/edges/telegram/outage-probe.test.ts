import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createSettableClock } from '#platform/clock'
import type { Log } from '#platform/log'
import { startTestSandbox } from '#test/sandbox'
import { silentLog } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createOutageProbe } from './outage-probe.ts'
import { createTelegramApi } from './telegram-api.ts'

async function house(t: TestContext) {
  const sandbox = await startTestSandbox(t, { appUrl: 'http://127.0.0.1:1' })
  const clock = createSettableClock()
  const said: unknown[] = []
  const changes: boolean[] = []
  const log: Log = {
    ...silentLog,
    error: (event, fields) => said.push([event, fields?.reason]),
    info: (event, fields) => said.push([event, fields?.durationMs]),
  }
  const api = createTelegramApi({ token: sandbox.token, apiRoot: sandbox.apiRoot })
  const probe = createOutageProbe({ api, clock, log, onChange: (away) => changes.push(away) })
  const looks = () => sandbox.telegram.calls({ method: 'getMe' }).length
  /** Lets the pause pass and waits for the look that asking begins. */
  const lookAgain = async () => {
    clock.advance(probe.awayForMs())
    const before = looks()
    assert.ok(probe.awayForMs() > 0)
    await waitFor(() => looks() > before)
  }
  return { sandbox, faults: sandbox.telegram.faults, clock, probe, said, changes, looks, lookAgain }
}

test('one call’s bad luck is no outage, and one look serves all who ask', async (t) => {
  const { probe, looks, clock } = await house(t)
  assert.deepEqual(await Promise.all([probe.suspect(), probe.suspect(), probe.suspect()]), [false, false, false])
  assert.equal(await probe.suspect(), false)
  assert.equal(looks(), 1)
  clock.advance(2_000)
  await probe.suspect()
  assert.equal(looks(), 2)
  assert.equal(probe.awayForMs(), 0)
})

test('while it is away the looks become rarer, and the first answer ends it at once', async (t) => {
  const { faults, probe, said, changes, lookAgain } = await house(t)
  faults.add({ kind: '502', method: 'getMe' })
  assert.equal(await probe.suspect(), true)
  const pausesMs: number[] = []
  for (let look = 0; look < 6; look += 1) {
    const pauseMs = await waitFor(() => (probe.awayForMs() > 100 ? probe.awayForMs() : null))
    pausesMs.push(pauseMs)
    await lookAgain()
  }
  assert.deepEqual(pausesMs, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  await waitFor(() => probe.awayForMs() > 100)
  faults.clear()
  await lookAgain()
  await waitFor(() => probe.awayForMs() === 0)
  assert.deepEqual(changes, [false, true, false])
  assert.deepEqual(said, [
    ['channel.away', 'gateway'],
    ['channel.back', 120_000],
  ])
})

test('nobody looks while the pause lasts, however many ask', async (t) => {
  const { faults, probe, looks } = await house(t)
  faults.add({ kind: 'html', errorCode: 200, method: 'getMe' })
  await probe.suspect()
  for (let asked = 0; asked < 20; asked += 1) {
    assert.equal(await probe.suspect(), true)
    assert.equal(probe.awayForMs(), 2_000)
  }
  assert.equal(looks(), 1)
})

test('a revoked token is an outage with a name', async (t) => {
  const { faults, probe, said } = await house(t)
  faults.add({ kind: 'error', errorCode: 401, description: 'Unauthorized', method: 'getMe' })
  assert.equal(await probe.suspect(), true)
  assert.deepEqual(said, [['channel.away', 'token_revoked']])
})

test('any call that is answered ends it', async (t) => {
  const { faults, probe, changes } = await house(t)
  faults.add({ kind: 'reset', method: 'getMe' })
  assert.equal(await probe.suspect(), true)
  probe.answered()
  assert.equal(probe.awayForMs(), 0)
  assert.deepEqual(changes, [false, true, false])
})

test('Telegram asking for patience is there', async (t) => {
  const { faults, probe } = await house(t)
  faults.add({ kind: '429', method: 'getMe' })
  assert.equal(await probe.suspect(), false)
})
