import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KEY_BURST_TIMES, KEY_INTERVAL_MS, type Pace, type Precedence } from './pace.ts'

export interface Scene {
  here: Pace
  /** The same in one process, another process over Redis. */
  there: Pace
  /** Lets a time pass. */
  pass(ms: number): Promise<void>
  nowMs(): number
}

/** Slow enough for places of the whole to be told apart, whatever the machine does between two questions. */
const SLOW_PER_SECOND = 0.1
const FAST_PER_SECOND = 1_000

let keys = 0
const someone = () => `chat-${process.pid}-${keys++}`

/** Asks until it is refused; gives how often it was let pass. */
async function takeAll(pace: Pace, precedence: Precedence, key: () => string): Promise<number> {
  let taken = 0
  while ((await pace.take(key(), precedence)) === 0) taken += 1
  return taken
}

/** What every implementation keeps. `make` gives a new pace that nobody used. */
export function paceContract(name: string, make: (perSecond: number) => Promise<Scene>): void {
  test(`${name}: a key acts five times at once and then once a second`, async () => {
    const { here, there, pass, nowMs } = await make(FAST_PER_SECOND)
    const key = someone()
    const startedMs = nowMs()
    const taken = await untilRefused([here, there], key, pass)
    assert.ok(taken >= KEY_BURST_TIMES && taken <= KEY_BURST_TIMES + (nowMs() - startedMs) / KEY_INTERVAL_MS)
    const waitMs = await there.take(key, 'first')
    assert.ok(waitMs > 0 && waitMs <= KEY_INTERVAL_MS)
    await pass(waitMs)
    assert.equal(await here.take(key, 'first'), 0)
    assert.ok((await here.take(key, 'first')) > 0)
  })

  test(`${name}: all keys together keep the whole pace, whoever asks`, async () => {
    const { here, there } = await make(SLOW_PER_SECOND)
    assert.equal(await takeAll(here, 'first', someone), 2)
    assert.equal(await takeAll(there, 'first', someone), 0)
  })

  test(`${name}: who goes first waits for nobody who goes later`, async () => {
    const { here, there } = await make(SLOW_PER_SECOND)
    assert.equal(await takeAll(here, 'later', someone), 1)
    assert.equal(await there.take(someone(), 'first'), 0)
    assert.ok((await here.take(someone(), 'later')) > 1_000)
  })

  test(`${name}: whoever must wait takes nothing, so a busy key costs the others no place`, async () => {
    const { here, there, pass } = await make(FAST_PER_SECOND)
    const busy = someone()
    await untilRefused([here], busy, pass)
    for (let asked = 0; asked < 50; asked += 1) assert.ok((await here.take(busy, 'first')) > 0)
    await pass(2)
    assert.equal(await there.take(someone(), 'later'), 0)
  })

  test(`${name}: after a rest of whatever length there is one burst and no more`, async () => {
    const { here, pass } = await make(1)
    await takeAll(here, 'first', someone)
    await pass(3_000)
    assert.equal(await takeAll(here, 'first', someone), 2)
  })
}

/** Lets one key act as often as its own limit lets it; waits that the whole asks for are waited. */
async function untilRefused(paces: Pace[], key: string, pass: Scene['pass']): Promise<number> {
  for (let taken = 0; ; ) {
    const waitMs = (await paces[taken % paces.length]?.take(key, 'first')) ?? 0
    if (waitMs > 2) return taken
    if (waitMs === 0) taken += 1
    else await pass(waitMs)
  }
}
