import { availableParallelism } from 'node:os'
import fc from 'fast-check'
import { assertNobodyBuriedOwns } from './merge/assert-buried.ts'
import { type PlayFigures, play } from './merge/play.ts'
import { type Script, scripts } from './merge/script.ts'
import { openStage, type Stage } from './merge/stage.ts'
import type { Random } from './random.ts'
import type { Outcome, Simulation } from './simulation.ts'

/** Each plays on a database of its own, one case after the other, so that a seed repeats a case whoever plays it. */
const STAGES = availableParallelism() * 2
/** fast-check draws small cases first; a batch has small and large ones. */
const BATCH = 50
const DEEDS_MAX = 24
const MS = 1_000
/** Then the rest would tell nothing new. */
const FINDINGS_MAX = 20
const SEED_MAX = 2 ** 31

/**
 * Joins two people with random histories, mostly parts them again, sometimes joins them anew, with turns in flight, and
 * looks at everything that is kept about them before and after each step.
 */
export const merge: Simulation = async ({ count, random, log, scope }) => {
  const stages = await Promise.all(Array.from({ length: STAGES }, () => openStage(scope)))
  const outcome = newOutcome()
  const start = performance.now()
  let batches = 0
  const work = async (stage: Stage) => {
    const goesOn = () => outcome.counts.merges.all < count && outcome.findings.length < FINDINGS_MAX
    while (goesOn()) {
      batches += 1
      for (const one of drawScripts(random.fork(batches))) if (goesOn()) await playOne(stage, one, outcome, log)
    }
  }
  await Promise.all(stages.map(work))
  for (const stage of stages) await assertNobodyBuriedOwns(stage).catch((error) => outcome.findings.push(String(error)))
  const { merges } = outcome.counts
  merges['per second'] = Math.round(merges.all / ((performance.now() - start) / MS))
  return outcome
}

function drawScripts(random: Random): Script[] {
  return fc.sample(scripts(DEEDS_MAX), { seed: random.int(SEED_MAX), numRuns: BATCH })
}

function newOutcome() {
  return {
    counts: {
      merges: { all: 0, 'of them anew after an undo': 0, undone: 0, 'with turns in flight': 0, 'per second': 0 },
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
  log(`${counts.merges.all} merges, findings: ${findings.length}`)
}

function count(
  { merges, history }: ReturnType<typeof newOutcome>['counts'],
  { undone, again, inFlight, linesMoved, joined }: PlayFigures,
): void {
  merges.all += again ? 2 : 1
  if (undone) merges.undone += 1
  if (again) merges['of them anew after an undo'] += 1
  if (inFlight) merges['with turns in flight'] += 1
  history['lines moved'] += linesMoved
  if (joined) history['conversations become one'] += 1
}
