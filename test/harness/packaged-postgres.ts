import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { initCluster } from '../../src/platform/postgres/init-cluster.ts'
import { connectionStringFor } from '../../src/platform/postgres/launch-embedded.ts'
import { chooseRunAs } from '../../src/platform/postgres/run-as.ts'
import { startServer } from '../../src/platform/postgres/start-server.ts'
import { FAST_SETTINGS } from './postgres-server.ts'
import { atEnd, type Scope } from './scope.ts'
import { tempFolder } from './temp-folder.ts'

/** Where Debian's packages put the oldest version that the product runs on. */
const BINARIES = '/usr/lib/postgresql/15/bin'

/** A path of a program of that version, for `pg_dump` and its like. */
export const packaged = (program: string) => join(BINARIES, program)

/** Whether this machine has that version, server and tools. */
export async function hasPackagedPostgres(): Promise<boolean> {
  const missing = await Promise.all(
    ['initdb', 'postgres', 'pg_dump', 'pg_restore'].map((name) => access(packaged(name)).catch(() => name)),
  )
  return missing.every((name) => name === undefined)
}

/** A server of that version with nothing in it; stopped after the test. */
export async function startPackagedPostgres(scope: Scope): Promise<string> {
  const folder = await tempFolder(scope, 'vitte-pg15')
  const [cluster, socketDir] = [join(folder, 'postgres'), join(folder, 'socket')]
  await mkdir(socketDir)
  const runAs = await chooseRunAs(packaged('postgres'), [folder])
  await runAs.own(folder)
  await initCluster(cluster, packaged('initdb'), runAs, false)
  const { child, exited } = await startServer({
    runAs,
    postgres: packaged('postgres'),
    cluster,
    logFile: join(folder, 'postgres.log'),
    settings: { ...FAST_SETTINGS, listen_addresses: '', unix_socket_directories: socketDir },
    foreignPid: undefined,
  })
  atEnd(scope, async () => {
    child.ref()
    child.kill('SIGINT')
    await exited
  })
  return connectionStringFor(socketDir)
}
