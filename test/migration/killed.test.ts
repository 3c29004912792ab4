import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '#test/database'
import { type Contents, compareContents, contentsOf } from '#test/legacy/contents'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { readTarget, type Target } from '#test/legacy/read-target'
import { type Ended, endOf, runAudit, runImport, startImport } from '#test/legacy/run-import'
import { waitFor } from '#test/wait-for'
import { createRandom, type Random } from '../simulate/random.ts'

/** Several chunks of people, and few lines, so that many runs take little time. */
const PLAN = { seed: 20_261_124, users: 3_600, messages: 5_000 }
const SEED = 8
/** Houses that are moved side by side, each through its own deaths. */
const HOUSES = 2
const KILLS_PER_HOUSE = 10
/** A process that is loading its code has nothing to lose: of the time of a whole run it is left alone this long. */
const LOADING_SHARE = 0.25
/** So many of them are struck this soon after they have brought somebody. */
const AFTER_CHUNK = 0.5
const AFTER_CHUNK_SHARE = 0.2
const PAUSE_MS = 20
/** A server that is at work for a dead client takes notice a little later; until then it says so. */
const BUSY = /^Another import-legacy is at work/m
const TRIES_MAX = 200

const from = await legacyDatabase()
const truth = await layLegacy(from, PLAN)

test('killed at twenty moments and begun anew each time, it ends as if nobody had touched it', async (t) => {
  const untouched = await testDatabase(t)
  const start = performance.now()
  const { code, said } = await runImport({ from, to: untouched.connectionString })
  const wholeMs = performance.now() - start
  assert.equal(code, 0, said)
  const expected = await contentsOf(await readTarget(t, untouched.connectionString))
  const lines = expected.users.reduce((sum, one) => sum + one.lines.length, 0)
  assert.deepEqual([expected.users.length, lines], [truth.users, truth.lines])
  t.diagnostic(`seed ${SEED}, one run takes ${Math.round(wholeMs)} ms`)
  const random = createRandom(SEED)
  const houses = Array.from({ length: HOUSES }, (_, house) =>
    moveUnderFire(t, { random: random.fork(house), wholeMs, expected }),
  )
  const struck = (await Promise.all(houses)).flat()
  assert.equal(struck.length, HOUSES * KILLS_PER_HOUSE)
  assert.ok(
    struck.some(({ users }) => users > 0 && users < truth.users),
    'one at least was struck in the midst of it',
  )
})

interface Strike {
  point: Point
  /** Who was in by then. */
  users: number
  state: string
}

interface Point {
  from: 'start' | 'chunk'
  ms: number
}

interface Fire {
  random: Random
  wholeMs: number
  expected: Contents
}

/** One house after the other, until so many runs were killed; each is brought to its end and compared. */
async function moveUnderFire(t: TestContext, { random, wholeMs, expected }: Fire): Promise<Strike[]> {
  const struck: Strike[] = []
  while (struck.length < KILLS_PER_HOUSE) {
    const { connectionString: to } = await testDatabase(t)
    const target = await readTarget(t, to)
    for (let tries = 0; ; tries += 1) {
      assert.ok(tries < TRIES_MAX, 'it comes to an end')
      const point = struck.length < KILLS_PER_HOUSE ? drawPoint(random, wholeMs) : null
      const { code, said } = await runUntil(to, target, point)
      if (code === 0) break
      if (point && code === 'SIGKILL') {
        struck.push({ point, ...(await stateOf(target)) })
        t.diagnostic(`killed: ${JSON.stringify(struck.at(-1))}`)
      } else assert.match(said, BUSY)
    }
    await compareContents(target, expected)
    const { said } = await runAudit(to)
    assert.equal(said, 'sound')
  }
  return struck
}

function drawPoint(random: Random, wholeMs: number): Point {
  const [afterChunk, share] = [random.chance(AFTER_CHUNK), random.int(1_000) / 1_000]
  if (afterChunk) return { from: 'chunk', ms: Math.round(AFTER_CHUNK_SHARE * share * wholeMs) }
  return { from: 'start', ms: Math.round((LOADING_SHARE + (1 - LOADING_SHARE) * share) * wholeMs) }
}

/** The command, killed at this point unless it has ended before; null: never. */
async function runUntil(to: string, target: Target, point: Point | null): Promise<Ended> {
  const { users: before } = await stateOf(target)
  const program = startImport({ from, to })
  const how: { ended?: Ended } = {}
  const end = endOf(program).then((ended) => Object.assign(how, { ended }).ended)
  if (point?.from === 'chunk') {
    const grown = async () => how.ended !== undefined || (await stateOf(target)).users > before
    await waitFor(grown, { pauseMs: PAUSE_MS, what: 'more people, or the end' })
  }
  const timer = point === null ? undefined : setTimeout(() => program.kill('SIGKILL'), point.ms)
  const ended = await end
  clearTimeout(timer)
  return ended
}

async function stateOf({ ask }: Target): Promise<Omit<Strike, 'point'>> {
  const [found] = await ask<Omit<Strike, 'point'>>(
    `SELECT (SELECT count(*) FROM users)::integer AS users, coalesce((SELECT min(state) FROM legacy_runs), 'none') AS state`,
  )
  return found ?? { users: 0, state: 'none' }
}
