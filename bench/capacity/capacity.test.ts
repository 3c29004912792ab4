import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { COSTS, capacityTable, HABITS, loadOf, sizingTable, usersOn } from './model.ts'

test('a million users are so many questions, turns, tokens and rows as a pencil says', () => {
  const load = loadOf(1_000_000)
  assert.equal(load.daily, 200_000)
  assert.equal(load.questionsPerDay, 5_000_000)
  // 5,000,000 a day are 57.87 a second, three times as many in the busiest hour.
  assert.equal(Math.round(load.questionsPerSecond * 10), 1_736)
  assert.equal(Math.round(load.turnsInFlight), Math.round(173.611 * HABITS.answerSeconds))
  assert.equal(load.workers, Math.ceil(load.turnsInFlight / COSTS.turnsPerWorker))
  assert.equal(Math.round(load.tokensPerSecond), 555_556)
  assert.equal(load.streams, 10_000)
  assert.equal(load.linesPerYear, 3_650_000_000)
})

test('ten times the users are ten times the load, and nobody is left without a worker', () => {
  const [few, many] = [loadOf(100_000), loadOf(1_000_000)]
  for (const key of Object.keys(few) as (keyof typeof few)[]) {
    if (key !== 'workers') assert.ok(Math.abs(many[key] / few[key] - 10) < 1e-9, key)
  }
  assert.equal(loadOf(1).workers, 1)
})

test('a machine is filled to half of its cores, or to what its workers may answer at once', () => {
  const { questionsPerSecond, turnsInFlight, nodeCores, postgresCores } = loadOf(usersOn(4))
  assert.ok(turnsInFlight <= 4 * COSTS.turnsPerWorker + 1e-9)
  assert.ok(nodeCores + postgresCores <= 2 + 1e-9)
  assert.ok(turnsInFlight > 4 * COSTS.turnsPerWorker - 1e-6 || nodeCores + postgresCores > 2 - 1e-6, 'and no emptier')
  assert.ok(questionsPerSecond > 0)
})

test('the table in docs/scaling.md is the one that the model prints', async () => {
  assert.ok((await readFile('docs/scaling.md', 'utf8')).includes(capacityTable()))
  assert.ok((await readFile('docs/operations.md', 'utf8')).includes(sizingTable()), 'and the one in docs/operations.md')
})
