import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, launchEmbedded } from '#platform/postgres'
import { migrateDatabase } from '../../src/processes/migrate-database.ts'
import { FAST_SETTINGS } from './postgres-server.ts'
import { atEnd, type Scope, wholeFile } from './scope.ts'
import { silentLog } from './silent-log.ts'
import { createSocketProxy } from './socket-proxy.ts'
import { tempFolder } from './temp-folder.ts'

/** The name that PostgreSQL clients look for in a socket folder. */
const SOCKET_NAME = '.s.PGSQL.5432'
/** A crash of the server must lose nothing that was committed. */
const CRASH_SAFE = { ...FAST_SETTINGS, synchronous_commit: 'on', full_page_writes: 'on' }

export interface ThrowawayPostgres {
  /** Where everything of it lies. */
  folder: string
  /** Stays the same through stop and start. */
  connectionString: string
  /** The server ends in an orderly way; clients find nobody until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  /** SIGKILL of the whole server; its launcher brings it back by itself. */
  kill(): Promise<void>
  /** Breaks every client's connection; the server does not notice anything else. */
  cut(): void
}

/** A whole PostgreSQL of one's own, migrated, to be stopped, killed and cut off. */
export async function throwawayPostgres(scope: Scope = wholeFile): Promise<ThrowawayPostgres> {
  const dataDir = await tempFolder(scope, 'vitte-pg')
  const socketDir = await tempFolder(scope, 'vitte-pg-socket')
  const proxy = createSocketProxy(join(socketDir, SOCKET_NAME))
  let server: EmbeddedPostgres | undefined

  async function start(): Promise<void> {
    server = await launchEmbedded({ dataDir, settings: CRASH_SAFE, log: silentLog })
    await proxy.open(join(socketDirOf(server.connectionString), SOCKET_NAME))
  }

  async function stop(): Promise<void> {
    await proxy.close()
    await server?.stop()
    server = undefined
  }

  async function kill(): Promise<void> {
    const [pid = ''] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
  }

  atEnd(scope, stop)
  await start()
  const connectionString = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDir)}`
  await migrateDatabase(connectionString, silentLog)
  return { folder: dataDir, connectionString, start, stop, kill, cut: proxy.cut }
}

function socketDirOf(connectionString: string): string {
  return decodeURIComponent(/[?&]host=([^&]+)/.exec(connectionString)?.[1] ?? '')
}
