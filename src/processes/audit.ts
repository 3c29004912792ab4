import { createLog } from '#platform/log'
import { createDatabase } from '#platform/postgres'
import { createVault, openVault, readInstallation } from '#platform/vault'
import { auditAll } from './audit-all.ts'
import type { Finding } from './audit-books.ts'
import { commandSentence } from './command-sentence.ts'
import { readConfig } from './config.ts'
import { readKeys } from './follow-key-change.ts'
import { openServer } from './open-server.ts'

/** `npm run audit`: ends with 0 for a sound database, with 1 when there are findings or it could not look. Changes nothing. */
async function main(): Promise<void> {
  const config = readConfig()
  const log = createLog({ level: 'silent' })
  const { connectionString, stop } = await openServer(config, log)
  const { db, pool, close } = createDatabase({
    connectionString,
    maxConnections: 1,
    log,
    applicationName: 'vitte-audit',
  })
  try {
    const keys = await readKeys(config)
    // A database that nobody has started on belongs to no key yet, and looking does not change that.
    const vault = (await readInstallation(db)) ? await openVault(db, keys) : createVault(keys)
    const found = await auditAll({ db, pool, vault }, print)
    console.log(found === 0 ? 'sound' : `${found} findings`)
    if (found > 0) process.exitCode = 1
  } finally {
    await close()
    await stop()
  }
}

function print({ check, table, key, says }: Finding): void {
  console.log(`${table} ${key} ${says} (${check})`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`The books could not be looked at. ${commandSentence(error)}\n`)
  process.exitCode = 1
}
