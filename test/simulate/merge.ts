import { availableParallelism } from 'node:os'
import fc from 'fast-check'
import { assertNobodyBuriedOwns } from './merge/assert-buried.ts'
import { type PlayFigures, play } from './merge/play.ts'
import { type Script, script } from './merge/script.ts'
import { openStage, type Stage } from './merge/stage.ts'
import type { Random } from './random.ts'
import type { Outcome, Simulation } from './simulation.ts'

/** Each plays on a database of its own, one case after the other, so that a seed repeats a case whoever plays it. */
const STAGES = availableParallelism() * 2
/** fast-check draws small cases first; a batch has small and large ones. */
const BATCH = 50
const LOG_EVERY = 50
const SEED_MAX = 2 ** 31

/**
 * Joins two people with random histories, mostly parts them again, sometimes joins them anew, with turns in flight, and
 * looks at everything that is kept about them before and after each step.
 */
export const merge: Simulation = async ({ count, random, log, scope }) => {
  const stages = await Promise.all(Array.from({ length: STAGES }, () => openStage(scope)))
  const outcome = newOutcome()
  const batches = Math.ceil(count / BATCH)
  let begun = 0
  const work = async (stage: Stage) => {
    for (let batch = begun++; batch < batches; batch = begun++) {
      const size = Math.min(BATCH, count - batch * BATCH)
      for (const one of drawScripts(random.fork(batch), size)) await playOne(stage, one, outcome, log)
    }
  }
  await Promise.all(stages.map(work))
  for (const stage of stages) await assertNobodyBuriedOwns(stage).catch((error) => outcome.findings.push(String(error)))
  return outcome
}

function drawScripts(random: Random, count: number): Script[] {
  return fc.sample(script, { seed: random.int(SEED_MAX), numRuns: count })
}

function newOutcome() {
  return {
    counts: {
      merges: { cases: 0, undone: 0, 'joined again': 0, 'with turns in flight': 0 },
      history: { 'lines moved': 0, 'conversations become one': 0 },
    },
    findings: [] as string[],
  } satisfies Outcome
}

async function playOne(
  stage: Stage,
  one: Script,
  { counts, findings }: ReturnType<typeof newOutcome>,
  log: (line: string) => void,
): Promise<void> {
  try {
    count(counts, await play(stage, one))
  } catch (error) {
    findings.push(`${error instanceof Error ? error.stack : error}\n${fc.stringify(one)}`)
    await stage.forgetOpenTurns()
  }
  const { cases } = counts.merges
  if (cases % LOG_EVERY === 0) log(`${cases} cases, findings: ${findings.length}`)
}

function count(
  { merges, history }: ReturnType<typeof newOutcome>['counts'],
  { undone, again, inFlight, linesMoved, joined }: PlayFigures,
): void {
  merges.cases += 1
  if (undone) merges.undone += 1
  if (again) merges['joined again'] += 1
  if (inFlight) merges['with turns in flight'] += 1
  history['lines moved'] += linesMoved
  if (joined) history['conversations become one'] += 1
}
