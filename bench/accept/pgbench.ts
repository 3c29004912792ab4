import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bareEnvironment } from '../../test/harness/environment.ts'
import { requireTool } from '../../test/harness/tools.ts'
import { percentile } from '../measure.ts'
import type { Slice } from './slice.ts'

const THREADS_MAX = 2
const run = promisify(execFile)

export const PGBENCH = {
  name: 'pgbench',
  programs: ['pgbench'],
  folders: globSync('/usr/lib/postgresql/*/bin').toReversed(),
  install: 'apt-get install postgresql-contrib (macOS: brew install postgresql)',
}

export interface PgbenchOptions {
  /** Folder of the server's Unix socket. */
  socketDir: string
  database: string
  script: string
  clients: number
  seconds: number
}

/** One slice of pgbench: the script again and again by so many clients. */
export async function runPgbench(options: PgbenchOptions): Promise<Slice> {
  const { perSecond, timesMs } = await runOnce(options)
  return { perSecond, p99Ms: percentile(timesMs, 0.99), cpuMicrosEach: null }
}

/** The same; what each transaction took, in milliseconds. */
export async function pgbenchTimes(options: PgbenchOptions): Promise<number[]> {
  return (await runOnce(options)).timesMs
}

async function runOnce(options: PgbenchOptions): Promise<{ perSecond: number; timesMs: number[] }> {
  const { socketDir, database, script, clients, seconds } = options
  const folder = await mkdtemp(join(tmpdir(), 'vitte-pgbench-'))
  try {
    const file = join(folder, 'script.sql')
    await writeFile(file, script)
    const { stdout } = await run(
      requireTool(PGBENCH),
      [
        ...['--no-vacuum', '--protocol=prepared', `--client=${clients}`, `--jobs=${Math.min(clients, THREADS_MAX)}`],
        ...[`--time=${seconds}`, `--file=${file}`, '--log', `--log-prefix=${join(folder, 'log')}`],
        ...[`--host=${socketDir}`, '--username=postgres', database],
      ],
      { env: bareEnvironment(), cwd: folder },
    )
    const perSecond = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
    if (/number of failed transactions: [1-9]/.test(stdout) || !perSecond) throw new Error(`pgbench failed:\n${stdout}`)
    return { perSecond, timesMs: await readTimes(folder) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of every transaction: the third column of the logs, in microseconds. */
async function readTimes(folder: string): Promise<number[]> {
  const logs = (await readdir(folder)).filter((name) => name.startsWith('log'))
  const texts = await Promise.all(logs.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.flatMap((text) => text.trim().split('\n')).map((line) => Number(line.split(' ')[2]) / 1000)
}
