import { readFile } from 'node:fs/promises'
import {
  type Check,
  checkMapping,
  checkPersonas,
  checkReportPath,
  DEFAULT_MAPPING_TEXT,
  type Mapping,
  type Moved,
  moveHouse,
  nameOf,
  openSource,
  openSpool,
  type Proof,
  proveAll,
  proves,
  type Run,
  RunError,
  readMapping,
  rehearseMove,
  reportRun,
  rollBack,
  writeReport,
  writeReturnReport,
} from '#domain/legacy'
import { createLog } from '#platform/log'
import { type Config, readConfig } from './config.ts'
import { ArgumentsError, type ImportRequest, readArguments, USAGE } from './import-arguments.ts'
import { importSentence } from './import-sentence.ts'
import { openTarget, type Target } from './open-target.ts'
import { type Progress, showProgress } from './show-progress.ts'

const SECOND_MS = 1_000

/** `npm run import-legacy`: ends with 0 when every row of the source is accounted for. */
async function main(): Promise<void> {
  const request = readArguments(process.argv.slice(2))
  if (request.deed === 'help') return console.log(USAGE)
  if (request.deed === 'print-mapping') return console.log(DEFAULT_MAPPING_TEXT)
  if (request.deed === 'rollback') return takeBack(request)
  await withSource(request)
}

async function takeBack({ run, reportPath }: Extract<ImportRequest, { deed: 'rollback' }>): Promise<void> {
  const startMs = performance.now()
  if (reportPath !== null) await checkReportPath(reportPath)
  const config = readConfig()
  const target = await openTarget(config, 'import-legacy', createLog({ level: 'silent' }))
  try {
    const { takenBack, kept, keptCount } = await rollBack(target.pool, target.vault, run)
    console.log(`${takenBack} users were taken back.`)
    for (const userId of kept) console.log(`${userId} has been here since and stays.`)
    if (reportPath === null) return
    const done = { run, target: placeOf(config), takenBack, kept, keptCount, ...doneNow(startMs) }
    await writeReturnReport(reportPath, done)
  } finally {
    await target.close()
  }
}

async function withSource(request: Extract<ImportRequest, { from: string }>): Promise<void> {
  const { mappingPath, from } = request
  // What takes hours must not end with a report that cannot be written.
  if (request.deed === 'import' && request.reportPath !== null) await checkReportPath(request.reportPath)
  const mapping = await openMapping(mappingPath)
  const source = await openSource(from)
  try {
    const placed = await checkMapping(source.query, mapping)
    if (Array.isArray(placed)) {
      for (const { place, says } of placed) console.error(`${place}: ${says}`)
      process.exitCode = 1
      return
    }
    for (const note of placed.notes) console.log(note)
    if (request.deed === 'check') return console.log('Everything has its place.')
    await importAll(request, { source, mapping, placed })
  } finally {
    await source.close()
  }
}

async function openMapping(path: string | null): Promise<Mapping> {
  if (path === null) return readMapping('', 'mapping')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ArgumentsError(`--mapping: ${path} cannot be read (${error.code}).`)
  })
  return readMapping(text, path)
}

type Import = Extract<ImportRequest, { deed: 'import' }>

async function importAll(
  request: Import,
  from: Pick<Parameters<typeof moveHouse>[0], 'source' | 'mapping' | 'placed'>,
): Promise<void> {
  const startMs = performance.now()
  const config = readConfig()
  const target = await openTarget(config, 'import-legacy', createLog({ level: 'silent' }))
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  try {
    const offered = target.catalogue.list('ru').map(({ id }) => id)
    const missing = checkPersonas(from.mapping, offered)
    if (missing.length > 0) {
      for (const { place, says } of missing) console.error(`${place}: ${says}`)
      process.exitCode = 1
      return
    }
    if (request.dryRun) return await rehearse(request, { ...target, ...from }, { config, startMs, signal: stop.signal })
    const moved = await move(request, { ...target, ...from }, stop.signal)
    await tell(request, { ...moved, config, target, startMs })
  } finally {
    await target.close()
  }
}

type MoveDeps = Omit<Parameters<typeof moveHouse>[0], 'progress'>

/** Goes through everything, writes nothing, and says what would become of it. */
async function rehearse(
  request: Import,
  deps: MoveDeps,
  { config, startMs, signal }: { config: Config; startMs: number; signal: AbortSignal },
): Promise<void> {
  const startedAt = new Date()
  const spool = await openSpool()
  const shown = showProgress()
  let rate = 0
  try {
    const counts = await rehearseMove(
      { ...deps, ...telling(request, shown), heard: spool.add },
      { sinceLast: request.sinceLast },
      signal,
    ).finally(() => {
      rate = shown.end().rate
    })
    for (const [table, { read, taken, known, merged, rejected, repaired }] of Object.entries(counts.tables)) {
      console.log(
        `${table}: ${read} read, ${taken} to take, ${known} known, ${merged} to merge, ${rejected} to reject; ${repaired} to repair`,
      )
    }
    if (signal.aborted) process.exitCode = 1
    if (signal.aborted || request.reportPath === null) return
    const { sinceLast, reportPath } = request
    const told = {
      sinceLast,
      startedAt,
      counts,
      source: deps.source.name,
      target: placeOf(config),
      ...doneNow(startMs),
    }
    await writeReport(reportPath, { ...told, run: null, proof: null, rate, rows: spool.rows() })
  } finally {
    await spool.close()
  }
}

function telling(
  { onReject }: Import,
  shown: Progress,
): Pick<Parameters<typeof moveHouse>[0], 'progress' | 'rejected' | 'expect'> {
  return {
    expect: shown.expect,
    progress: shown.add,
    rejected({ table, key, reason }) {
      if (onReject === 'stop') throw new RunError(`${table} ${key} would be left out (${reason}).`)
    },
  }
}

async function move(request: Import, deps: MoveDeps, signal: AbortSignal): Promise<Moved & { rate: number }> {
  const shown = showProgress()
  let rate = 0
  const moved = await moveHouse(
    { ...deps, ...telling(request, shown) },
    { sinceLast: request.sinceLast },
    signal,
    // Whatever happens, a terminal gets its cursor back.
  ).finally(() => {
    rate = shown.end().rate
  })
  return { ...moved, rate }
}

interface Told extends Moved {
  config: Config
  target: Target
  startMs: number
  rate: number
}

/** Proves a run that is done, says so, and writes it down. */
async function tell({ reportPath }: Import, told: Told): Promise<void> {
  const { run, before, tookUp, config, target, startMs, rate } = told
  if (before) console.log(`Run ${run.id} has brought everything already; --since-last brings what has come since.`)
  if (tookUp) console.log(`Run ${tookUp.id}, which had been cut off, is ended.`)
  if (run.state !== 'done') {
    process.exitCode = 1
    return console.log(`Stopped. The same command goes on with run ${run.id}.`)
  }
  const proof = await sayProof(target, run)
  if (reportPath === null) return
  await reportRun(target.pool, reportPath, { run, proof, rate, target: placeOf(config), ...doneNow(startMs) })
}

async function sayProof({ pool, vault }: Target, run: Run): Promise<Proof> {
  const { last, before } = await proveAll(pool, vault, run)
  for (const { run: earlier, proof } of before) {
    for (const one of proof.checks) if (!one.holds) console.log(`${lineOf(one)} (run ${earlier.id})`)
  }
  for (const one of last.checks) console.log(lineOf(one))
  console.log(`Run ${run.id} is ${proves(last) ? 'proven' : 'NOT proven'}.`)
  if (!proves(last)) process.exitCode = 1
  return last
}

function lineOf({ what, source, target, holds }: Check): string {
  return `${holds ? 'holds ' : 'FAILS '} ${what}: ${source} ${source === target ? '=' : '≠'} ${target}`
}

function doneNow(startMs: number): { finishedAt: Date; seconds: number } {
  return { finishedAt: new Date(), seconds: (performance.now() - startMs) / SECOND_MS }
}

/** The database that was written to, as a report may name it. */
function placeOf({ DATABASE_URL, DATA_DIR }: Config): string {
  return DATABASE_URL ? nameOf(DATABASE_URL) : DATA_DIR
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${importSentence(error)}\n`)
  process.exitCode = 1
}
