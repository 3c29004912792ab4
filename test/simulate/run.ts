import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { announcePostgres, shareCompiledCode } from '../harness/environment.ts'
import { startServer } from '../harness/postgres-server.ts'
import type { Scope } from '../harness/scope.ts'
import { attacks } from './attacks.ts'
import { endurance } from './endurance.ts'
import { forged } from './forged.ts'
import { merge } from './merge.ts'
import { payments } from './payments.ts'
import { createRandom } from './random.ts'
import { roles, TWO_MINUTES } from './roles.ts'
import type { Outcome, Simulation } from './simulation.ts'
import { spend } from './spend.ts'
import { storm } from './storm.ts'

const SIMULATIONS: Record<string, Simulation> = { attacks, endurance, forged, merge, payments, roles, spend, storm }

/** Of a simulation that is whole when it has been through its list, or its time, once. */
const COUNTS_DEFAULT: Record<string, number> = { attacks: 1, roles: TWO_MINUTES }

const SEED_MAX = 2 ** 32
const FINDINGS_SHOWN = 20
const USAGE = `npm run simulate -- <${Object.keys(SIMULATIONS).join('|')}> <count> [--seed <0..${SEED_MAX - 1}>]`

/** Ends with 0 only when nothing was found. The seed it prints repeats the run. */
async function main(args: string[]): Promise<void> {
  const wish = readWish(args)
  if (!wish) return fail(USAGE)
  const { name, simulation, count, seed } = wish
  console.log(`${name} ${count} --seed ${seed}`)
  const compiled = await mkdtemp(join(tmpdir(), 'vitte-compiled-'))
  shareCompiledCode(compiled)
  const server = await startServer()
  const hooks: (() => unknown)[] = []
  const leave = async () => {
    for (const hook of hooks) await hook()
    await server.stop()
    await rm(compiled, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => leave().finally(() => process.exit(1)))
  }
  announcePostgres(server.connectionString)
  const scope: Scope = { after: (hook) => hooks.push(hook) }
  try {
    report(await simulation({ count, random: createRandom(seed), log: showProgress, scope }))
  } finally {
    await leave()
  }
}

function readWish(args: string[]) {
  const options = { seed: { type: 'string' }, messages: { type: 'string' }, streams: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [name = ''] = positionals
  const given = positionals[1] ?? values.messages ?? values.streams ?? COUNTS_DEFAULT[name]
  const simulation = Object.hasOwn(SIMULATIONS, name) ? SIMULATIONS[name] : undefined
  const count = Number(given)
  const seed = values.seed === undefined ? randomInt(SEED_MAX) : Number(values.seed)
  const readable = Number.isInteger(count) && count > 0 && Number.isInteger(seed) && seed >= 0 && seed < SEED_MAX
  return simulation && readable ? { name, simulation, count, seed } : null
}

function report({ counts, findings, lines = [] }: Outcome): void {
  showProgress('')
  for (const line of lines) console.log(line)
  for (const [kind, figures] of Object.entries(counts).sort()) {
    const shown = Object.entries(figures).map(([what, figure]) => `${what} ${figure}`)
    console.log(`${kind.padEnd(16)}${shown.join(', ')}`)
  }
  for (const finding of oneOfEach(findings).slice(0, FINDINGS_SHOWN)) console.error(`\n${finding}`)
  if (findings.length > 0) fail(`\n${findings.length} findings`)
  else console.log('clean')
}

/** Findings whose first lines are alike are one thing seen again. */
function oneOfEach(findings: readonly string[]): string[] {
  const byHeadline = new Map(findings.map((finding) => [finding.split('\n', 1)[0], finding]))
  return [...byHeadline.values()]
}

function showProgress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`)
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}

await main(process.argv.slice(2))
