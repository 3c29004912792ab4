import { test } from 'node:test'
import fc from 'fast-check'
import { wholeFile } from '../../harness/scope.ts'
import { assertNobodyBuriedOwns } from './assert-buried.ts'
import { play } from './play.ts'
import { scripts } from './script.ts'
import { openStage } from './stage.ts'

const RUNS = 100
const DEEDS_MAX = 12

test('two users with whatever history become one and two again: nothing is lost, doubled or out of order', async () => {
  const stage = await openStage(wholeFile)
  const property = fc.asyncProperty(scripts(DEEDS_MAX), async (one) => {
    await play(stage, one)
  })
  await fc.assert(property.beforeEach(stage.forgetOpenTurns), { numRuns: RUNS })
  await assertNobodyBuriedOwns(stage)
})
