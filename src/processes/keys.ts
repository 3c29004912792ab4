import { createLog } from '#platform/log'
import { awaitRecovery, createDatabase, type DatabaseHandle, holdExclusive } from '#platform/postgres'
import { fingerprintOf, makeNextKeyFile, readInstallation, settleKeyFiles, showFingerprint } from '#platform/vault'
import { commandSentence } from './command-sentence.ts'
import { type Config, readConfig } from './config.ts'
import { type ProcessKeys, readKeys } from './follow-key-change.ts'
import { openServer } from './open-server.ts'
import { type Changed, KeyChangeError, keyStatus, rotateKeys } from './rotate-keys.ts'

const USAGE = `npm run keys status    which key the installation has, and how many data keys lie under it
npm run keys rotate    put everything under MASTER_KEY, which was under MASTER_KEY_PREVIOUS; with the embedded database
                       the new key is made here`
const DAMAGED_SHOWN_MAX = 20

/** `npm run keys`: ends with 0 when what was asked for is so. */
async function main(): Promise<void> {
  const [verb, ...rest] = process.argv.slice(2)
  if ((verb !== 'status' && verb !== 'rotate') || rest.length > 0) {
    console.log(USAGE)
    process.exitCode = verb === undefined ? 0 : 1
    return
  }
  const config = readConfig()
  await withDatabase(config, verb, (database) =>
    verb === 'status' ? status(config, database) : rotate(config, database),
  )
}

async function withDatabase(
  config: Config,
  verb: string,
  deed: (database: DatabaseHandle) => Promise<void>,
): Promise<void> {
  const log = createLog({ level: 'silent' })
  const server = await openServer(config, log)
  const { connectionString } = server
  const database = createDatabase({ connectionString, maxConnections: 2, log, applicationName: 'vitte-keys' })
  try {
    await awaitRecovery(connectionString, log)
    if (verb === 'status') return await deed(database)
    const reason = 'Another `npm run keys` is at work on this database.'
    const alone = await holdExclusive(connectionString, 'keys', {
      waitMs: 0,
      reason,
      onLost: () => process.exit(1),
      log,
    })
    await deed(database).finally(() => alone.release())
  } finally {
    await database.close()
    await server.stop()
  }
}

async function status(config: Config, { db }: DatabaseHandle): Promise<void> {
  const { installation, known, former, damaged } = await keyStatus(db, await readKeys(config))
  const { fingerprint, nextFingerprint } = installation
  console.log(`The installation has the key ${showFingerprint(fingerprint)}.`)
  if (nextFingerprint)
    console.log(`It is being changed to ${showFingerprint(nextFingerprint)}: npm run keys rotate ends it.`)
  console.log(`Data keys under ${showFingerprint(nextFingerprint ?? fingerprint)}: ${known}; under another: ${former}.`)
  tellDamaged(damaged)
}

async function rotate(config: Config, database: DatabaseHandle): Promise<void> {
  const keys = await readKeys(config)
  if (keys.keyFolder === null) return tellChanged(await rotateKeys(database.db, keys, console.log), keys.masterKey)
  await rotateWithFiles(database, keys, keys.keyFolder)
}

/** The keys of a folder: the new one is made beside the old one, and takes its place when the database belongs to it. */
async function rotateWithFiles({ db }: DatabaseHandle, keys: ProcessKeys, folder: string): Promise<void> {
  if (!(await readInstallation(db)))
    throw new KeyChangeError('Nothing has started on this database yet: there is no key to change.')
  const previousKey = keys.previousKey ?? keys.masterKey
  const { key: masterKey } = await makeNextKeyFile(folder)
  const changed = await rotateKeys(db, { masterKey, previousKey }, console.log)
  const kept = await settleKeyFiles(folder)
  tellChanged({ ...changed, changed: true }, masterKey)
  console.log(
    `The former key is now ${kept}: it opens only backups made before. Keep a copy of the new one, master.key.`,
  )
}

function tellChanged({ changed, former, damaged }: Changed, masterKey: Buffer): void {
  const key = showFingerprint(fingerprintOf(masterKey))
  console.log(changed ? `The installation has the key ${key} now.` : `The installation has the key ${key} already.`)
  console.log(`Data keys that were put under it: ${former}.`)
  tellDamaged(damaged)
}

function tellDamaged(damaged: readonly string[]): void {
  for (const id of damaged.slice(0, DAMAGED_SHOWN_MAX)) console.log(`The data key ${id} opens under none of them.`)
  if (damaged.length > DAMAGED_SHOWN_MAX) console.log(`And ${damaged.length - DAMAGED_SHOWN_MAX} more.`)
  if (damaged.length > 0) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${commandSentence(error)}\n`)
  process.exitCode = 1
}
