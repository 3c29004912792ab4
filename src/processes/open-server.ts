import type { Log } from '#platform/log'
import { findEmbedded, launchEmbedded } from '#platform/postgres'
import { type Config, ConfigError } from './config.ts'

export interface OpenServer {
  connectionString: string
  stop(): Promise<void>
}

/**
 * The database server of this installation, for a command: the given one, the one that a running Vitte has on its
 * folder, or one for as long as the command takes.
 * @throws ConfigError when a folder holds no database; DataDirBusyError
 */
export async function openServer({ DATABASE_URL, DATA_DIR }: Config, log: Log): Promise<OpenServer> {
  const stop = async () => {}
  if (DATABASE_URL) return { connectionString: DATABASE_URL, stop }
  const found = await findEmbedded(DATA_DIR)
  if (found.state === 'absent') throw new ConfigError(`DATA_DIR: there is no database in ${DATA_DIR}`)
  return found.state === 'running'
    ? { connectionString: found.connectionString, stop }
    : launchEmbedded({ dataDir: DATA_DIR, log })
}
