import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchEmbedded } from '#platform/postgres'
import { FAST_SETTINGS } from '../postgres-server.ts'
import { atEnd, type Scope } from '../scope.ts'
import { silentLog } from '../silent-log.ts'
import { tempFolder } from '../temp-folder.ts'
import { administer } from '../template.ts'

const NAME = 'reader'

/** A PostgreSQL that asks one name for its password. Gives the address under which that name comes with a password. */
export async function guardedServer(scope: Scope, password: string): Promise<(given: string) => string> {
  const dataDir = await tempFolder(scope, 'vitte-guarded')
  const { connectionString, stop } = await launchEmbedded({ dataDir, settings: FAST_SETTINGS, log: silentLog })
  atEnd(scope, stop)
  await administer(connectionString, `CREATE ROLE ${NAME} LOGIN PASSWORD '${password}'`)
  const rules = join(dataDir, 'postgres', 'pg_hba.conf')
  await writeFile(rules, `local all ${NAME} scram-sha-256\n${await readFile(rules, 'utf8')}`)
  await administer(connectionString, 'SELECT pg_reload_conf()')
  const host = /host=([^&]+)/.exec(connectionString)?.[1] ?? ''
  return (given) => `postgresql://${NAME}:${given}@localhost/postgres?host=${host}`
}
