import { type Program, startProgram } from './child-process.ts'
import { bareEnvironment } from './environment.ts'
import { freePort } from './free-port.ts'
import { atEnd, type Scope, wholeFile } from './scope.ts'
import { tempFolder } from './temp-folder.ts'

const READY_DEADLINE_MS = 60_000
/** SIGTERM drains and exits with 0 within this time (contract: Commands). */
const DRAIN_DEADLINE_MS = 10_000
const LAST_LINES = 20
const ROOT = new URL('../..', import.meta.url).pathname

/** Any 32 bytes: several processes on one database need the same key. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64')

export interface Vitte {
  /** What `ready` said. */
  url: string
  pid: number
  /** What it was started with, to start it, or another one beside it, again. */
  env: Record<string, string>
  /** Everything it said so far. */
  lines: string[]
  /** The structured log lines, optionally of one event. */
  logs(event?: string): Record<string, unknown>[]
  /** SIGSTOP freezes it, SIGCONT wakes it; one that has ended hears nothing. */
  signal(signal: NodeJS.Signals): void
  /** Ends it at once and waits for its end. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** SIGTERM; resolves with the milliseconds the drain took, rejects unless it exits with 0 in time. */
  stop(): Promise<number>
  exited: Promise<number | string>
}

/**
 * Vitte as a process of its own on a free port of loopback with a data folder of its own, ready to serve. Without
 * `DATABASE_URL` it starts its embedded PostgreSQL. After the test it is stopped, and must drain cleanly. `house` is the
 * folder in which it stands with all it reads.
 */
export async function startVitte(
  scope: Scope = wholeFile,
  given: Record<string, string> = {},
  house = ROOT,
): Promise<Vitte> {
  const port = given.PORT ?? String(await freePort())
  const env = {
    HOST: '127.0.0.1',
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: given.DATA_DIR ?? (await tempFolder(scope, 'vitte-data')),
    MASTER_KEY,
    ...given,
  }
  const program = runMain(env, house)
  let stopped = false
  const stop = () => {
    stopped = true
    return drain(program)
  }
  atEnd(scope, async () => {
    if (!stopped) await stop()
  })
  const [, url = ''] = await program.line(/^ready (\S+)$/, READY_DEADLINE_MS)
  return {
    url,
    pid: program.pid,
    env,
    lines: program.lines,
    exited: program.exited,
    logs: (event) => program.lines.flatMap(parseLog).filter((line) => event === undefined || line.event === event),
    stop,
    signal: program.kill,
    async kill(signal = 'SIGKILL') {
      stopped = true
      program.kill(signal)
      await program.exited
    },
  }
}

/** Starts it where it shall refuse to: resolves with how it ended and what it said. */
export async function startInVain(env: Record<string, string>): Promise<{ code: number | string; said: string }> {
  const program = runMain({ HOST: '127.0.0.1', PORT: String(await freePort()), ...env })
  const timer = setTimeout(() => program.kill('SIGKILL'), READY_DEADLINE_MS)
  const code = await program.exited
  clearTimeout(timer)
  return { code, said: program.lines.join('\n') }
}

function runMain(env: Record<string, string>, cwd = ROOT): Program {
  return startProgram({
    command: process.execPath,
    args: ['dist/processes/main.js'],
    cwd,
    env: { ...bareEnvironment(), ...env },
  })
}

async function drain(program: Program): Promise<number> {
  const start = performance.now()
  const how = await program.stop()
  const took = performance.now() - start
  const end = program.lines.slice(-LAST_LINES).join('\n')
  if (how !== 0) throw new Error(`Vitte ended with ${how}:\n${end}`)
  if (took > DRAIN_DEADLINE_MS) throw new Error(`Vitte drained for ${Math.round(took)} ms:\n${end}`)
  return took
}

function parseLog(line: string): Record<string, unknown>[] {
  if (!line.startsWith('{')) return []
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
