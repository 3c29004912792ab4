import type { ChildProcess } from 'node:child_process'
import { open, readFile, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { readPostmasterPid } from './postmaster-pid.ts'
import type { RunAs } from './run-as.ts'

/** Crash recovery replays the journal before the server is ready, so this is generous. */
const READY_TIMEOUT_MS = 120_000
const RETRY_FOR_MS = 15_000
const RETRY_PAUSE_MS = 200
const POLL_MS = 10
/** Processes of a killed server need a moment to go; until then these are its answers. */
const PASSING_REFUSAL =
  /lock file "[^"]*" already exists|pre-existing shared memory block|could not (bind|create lock file)/

export interface ServerPlan {
  runAs: RunAs
  postgres: string
  cluster: string
  logFile: string
  settings: Record<string, string>
  /** A foreign process that bears the number of the dead server: named to PostgreSQL, which then looks past it. */
  foreignPid: number | undefined
}

export interface RunningServer {
  child: ChildProcess
  exited: Promise<void>
}

/**
 * Starts the server and waits until it takes connections; tries again for several seconds while remains of a killed
 * server are in the way.
 * @throws Error with the server's own last words
 */
export async function startServer(plan: ServerPlan): Promise<RunningServer> {
  const deadlineMs = performance.now() + RETRY_FOR_MS
  for (;;) {
    const logStart = (await stat(plan.logFile).catch(() => ({ size: 0 }))).size
    const server = await spawnServer(plan)
    if (await isReady(server, plan.cluster)) return server
    const said = (await readFile(plan.logFile)).subarray(logStart).toString()
    if (!PASSING_REFUSAL.test(said) || performance.now() > deadlineMs) {
      const reason = said.match(/FATAL: .*/)?.[0] ?? 'it ended without a word'
      throw new Error(`PostgreSQL did not start: ${reason} (see ${plan.logFile})`)
    }
    await sleep(RETRY_PAUSE_MS)
  }
}

async function spawnServer({
  runAs,
  postgres,
  cluster,
  logFile,
  settings,
  foreignPid,
}: ServerPlan): Promise<RunningServer> {
  const file = await open(logFile, 'a', 0o600)
  try {
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    // Detached: a Ctrl-C in the terminal must reach us alone, so that we can drain before the database goes.
    const child = runAs.spawn(postgres, ['-D', cluster, ...args], {
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
      env: foreignPid === undefined ? {} : { PG_GRANDPARENT_PID: String(foreignPid) },
    })
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    return { child, exited }
  } finally {
    await file.close()
  }
}

async function isReady({ child, exited }: RunningServer, cluster: string): Promise<boolean> {
  let ended = false
  exited.then(() => {
    ended = true
  })
  const deadlineMs = performance.now() + READY_TIMEOUT_MS
  while (!ended) {
    const written = await readPostmasterPid(cluster)
    if (written?.ready && written.pid === child.pid) {
      child.unref()
      return true
    }
    if (performance.now() > deadlineMs) child.kill('SIGQUIT')
    await Promise.race([exited, sleep(POLL_MS)])
  }
  return false
}
