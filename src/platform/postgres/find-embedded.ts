import { access, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { connectionStringFor } from './launch-embedded.ts'
import { isServerOn, readPostmasterPid } from './postmaster-pid.ts'

/** What there is of an embedded PostgreSQL in a folder. */
export type FoundEmbedded =
  | { state: 'absent' }
  /** Data that no server uses: `launchEmbedded` may start one. */
  | { state: 'stopped' }
  | { state: 'running'; connectionString: string }

/** Looks for the server that another process of ours runs on this folder, for commands that look beside it. */
export async function findEmbedded(dataDir: string): Promise<FoundEmbedded> {
  const folder = await realpath(dataDir).catch(() => dataDir)
  const cluster = join(folder, 'postgres')
  const begun = await access(join(cluster, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
  if (!begun) return { state: 'absent' }
  const server = await readPostmasterPid(cluster)
  if (!server?.ready || !(await isServerOn(server.pid, cluster))) return { state: 'stopped' }
  return { state: 'running', connectionString: connectionStringFor(server.socketDir) }
}
