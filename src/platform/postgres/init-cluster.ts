import { once } from 'node:events'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunAs } from './run-as.ts'

const MAJOR_VERSION = '18'
const OUTPUT_MAX_LENGTH = 2_000

/**
 * Makes the database cluster unless it is there. It is built beside its place and then renamed, so that a kill in the
 * middle leaves nothing that looks finished.
 * @throws Error when the folder holds another major version, or initdb fails
 */
export async function initCluster(cluster: string, initdb: string, runAs: RunAs, sync: boolean): Promise<void> {
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version === MAJOR_VERSION) return
  if (version !== '') {
    throw new Error(
      `${cluster} was made by PostgreSQL ${version}, and this is ${MAJOR_VERSION}: move its data by pg_dump`,
    )
  }
  const unfinished = `${cluster}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await runAs.own(unfinished)
  const args = [
    '-D',
    unfinished,
    '--username=postgres',
    '--encoding=UTF8',
    '--no-locale',
    '--auth-local=trust',
    '--auth-host=reject',
  ]
  const child = runAs.spawn(initdb, sync ? args : [...args, '--no-sync'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_MAX_LENGTH)
    })
  }
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`initdb failed in ${unfinished}:\n${output}`)
  await rename(unfinished, cluster)
}
