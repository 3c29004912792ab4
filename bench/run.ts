import { BENCHES, type Bench } from './benches.ts'
import { GOALS } from './goals.ts'
import { namesIn } from './report/figures-block.ts'
import { describeMachine } from './report/machine.ts'
import { readDocument, writeFigures } from './report/performance-document.ts'
import { HEADING, printRow, type Row, verdictOf } from './row.ts'
import { runApart } from './run-apart.ts'

const RUN_ONE = new URL('run-one.ts', import.meta.url).pathname
/** A bench that takes so much longer than it says hangs. */
const PATIENCE = 4
const PATIENCE_MIN_MINUTES = 3
const MS_PER_MINUTE = 60_000

interface Tally {
  below: string[]
  short: string[]
  failed: string[]
  unlisted: string[]
}

/**
 * `npm run bench` runs all but the long ones, `npm run bench -- accept` one, `--write` puts what was measured into
 * docs/performance.md. Ends with 1 when a floor is missed, a bench fails, or the document has other rows.
 */
async function main(args: string[]): Promise<void> {
  const write = args.includes('--write')
  const names = args.filter((arg) => arg !== '--write')
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name))
  if (unknown.length > 0) return refuse(unknown)
  const tally: Tally = { below: [], short: [], failed: [], unlisted: [] }
  tellLength(names)
  console.log(HEADING)
  for (const goal of GOALS) {
    const wanted = goal.benches.filter((name) => isWanted(name, names))
    if (names.length > 0 && wanted.length === 0) continue
    const lengths = wanted.map((name) => `${name}: about ${BENCHES[name]?.minutes} min`)
    const besides = goal.command ? [`besides: ${goal.command} --seed 1`] : []
    const asides = [...lengths, ...besides]
    console.log(`\n${goal.name}${asides.length > 0 ? `  (${asides.join('; ')})` : ''}`)
    for (const name of goal.benches) {
      const bench = BENCHES[name]
      if (!bench) console.log(`  there is no bench ${name} yet`)
      else if (wanted.includes(name)) await runAndTell(name, bench, write, tally)
      else if (names.length === 0) console.log(`  by name: npm run bench -- ${name}, about ${bench.minutes} minutes`)
    }
  }
  tellTally(tally)
  if (tally.below.length + tally.failed.length + tally.unlisted.length > 0) process.exitCode = 1
}

function isWanted(name: string, names: string[]): boolean {
  const bench = BENCHES[name]
  return bench !== undefined && (names.length > 0 ? names.includes(name) : !bench.byName)
}

function refuse(unknown: string[]): void {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`)
  process.exitCode = 1
}

function tellLength(names: string[]): void {
  const minutes = Object.entries(BENCHES).reduce(
    (sum, [name, bench]) => sum + (isWanted(name, names) ? bench.minutes : 0),
    0,
  )
  console.log(`${describeMachine()}; about ${Math.ceil(minutes)} minutes\n`)
}

/** A bench that fails hides no other. */
async function runAndTell(name: string, bench: Bench, write: boolean, tally: Tally): Promise<void> {
  const startMs = performance.now()
  try {
    const rows = await runOne(name, bench)
    const seconds = Math.round((performance.now() - startMs) / 1_000)
    for (const row of rows) {
      console.log(printRow(row))
      const verdict = verdictOf(row)
      if (verdict === 'BELOW FLOOR') tally.below.push(row.what)
      else if (row.goal !== null && verdict !== 'goal met') tally.short.push(row.what)
    }
    if (write) await writeFigures(name, rows, seconds)
    else if (isOther(rows, namesIn(await readDocument(), name))) tally.unlisted.push(name)
  } catch (error) {
    console.log(`  ${name} failed: ${error instanceof Error ? error.message : error}`)
    tally.failed.push(name)
  }
}

function isOther(rows: Row[], listed: string[]): boolean {
  return rows.map(({ what }) => what).join('\n') !== listed.join('\n')
}

/** The rows of a bench that runs in a process of its own. */
function runOne(name: string, { minutes }: Bench): Promise<Row[]> {
  return runApart(RUN_ONE, [name], Math.max(PATIENCE_MIN_MINUTES, minutes * PATIENCE) * MS_PER_MINUTE)
}

function tellTally({ below, short, failed, unlisted }: Tally): void {
  console.log('')
  for (const what of below) console.log(`below its floor: ${what}`)
  for (const what of short) console.log(`short of its goal: ${what}`)
  for (const name of failed) console.log(`failed: ${name}`)
  for (const name of unlisted) console.log(`docs/performance.md has other rows: npm run bench -- ${name} --write`)
}

await main(process.argv.slice(2))
