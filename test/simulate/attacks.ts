import { holdings } from '../journeys/link-steps.ts'
import type { Row } from './attacks/row.ts'
import { ABSENT, ROWS } from './attacks/rows/index.ts'
import { type Scene, setScene } from './attacks/scene.ts'
import { startTries, type Try } from './attacks/tries.ts'
import type { Random } from './random.ts'
import type { Outcome, Simulation, SimulationOptions } from './simulation.ts'

/** Rows wait for answers most of their time, and none touches what is another's. */
const AT_ONCE = 4

type Verdict = 'held' | 'SURPRISE' | 'not here'

interface Judged {
  id: string
  title: string
  verdict: Verdict
  tries: readonly Try[]
}

/** Everything of the list, `count` times. */
export const attacks: Simulation = (options) => attackWith(options, ROWS)

/** The same of some rows. */
export async function attackWith(
  { count, random, log, scope }: SimulationOptions,
  rows: readonly Row[],
): Promise<Outcome> {
  const scene = await setScene(scope)
  const victims = () => Promise.all([holdings(scene.telegram.site), holdings(scene.web.site)])
  const before = JSON.stringify(await victims())
  const judged: Judged[] = ABSENT.map(({ id, title, notHere }) => ({
    id,
    title: `${title}: ${notHere}`,
    verdict: 'not here',
    tries: [],
  }))
  for (let round = 0; round < count; round += 1) {
    const chance = random.fork(round)
    const waiting = chance.shuffle(rows)
    const work = async () => {
      for (let row = waiting.shift(); row; row = waiting.shift()) {
        log(`${waiting.length} to go: ${row.id}`)
        judged.push(await judge(scene, row, chance.fork(numberOf(row))))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  }
  const findings = judged.filter(({ verdict }) => verdict === 'SURPRISE').map(describe)
  if (JSON.stringify(await victims()) !== before) findings.push('SURPRISE: the victims are not what they were before')
  return { counts: countsOf(judged), findings, lines: tableOf(judged) }
}

async function judge(scene: Scene, row: Row, random: Random): Promise<Judged> {
  const tries = startTries()
  try {
    await row.attack(scene, tries, random)
    if (tries.list.length === 0) tries.judge('nothing', 'a row that tries nothing proves nothing', false)
  } catch (error) {
    tries.judge('the row itself', error instanceof Error ? error.message : String(error), false)
  }
  const held = tries.list.every((each) => each.held)
  const verdict = held ? 'held' : 'SURPRISE'
  return { id: row.id, title: row.title, verdict, tries: tries.list }
}

function countsOf(judged: readonly Judged[]): Outcome['counts'] {
  const counts: Record<string, number> = {}
  for (const { verdict } of judged) counts[verdict] = (counts[verdict] ?? 0) + 1
  return { rows: counts }
}

/** One line for each row, in the order of the list, and under it what was sent and what came back. */
function tableOf(judged: readonly Judged[]): string[] {
  const sorted = judged.toSorted((one, other) => numberOf(one) - numberOf(other) || one.id.localeCompare(other.id))
  return sorted.flatMap(({ id, title, verdict, tries }) => [
    `${id.padEnd(13)}${verdict.padEnd(10)}${title}`,
    ...tries.map(({ sent, answered, held }) => `${held ? '    ' : '  ! '}${sent} → ${answered}`),
  ])
}

function numberOf({ id }: { id: string }): number {
  return Number.parseInt(id.slice(1), 10)
}

function describe({ id, title, tries }: Judged): string {
  const wrong = tries.filter(({ held }) => !held).map(({ sent, answered }) => `  ${sent} → ${answered}`)
  return [`SURPRISE: ${id} ${title}`, ...wrong].join('\n')
}
