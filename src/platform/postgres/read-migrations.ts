import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const FILE_NAME = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/

export interface Migration {
  version: number
  /** The file's name. */
  name: string
  sql: string
  checksum: string
}

/** The database and the migration files do not belong together, or a file fails. The sentence is for the operator. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * The `NNNN-name.sql` files of a folder in the order of their numbers.
 * @throws MigrationError for another kind of file name and for a number used twice
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(names.map((name) => readMigration(folder, name)))
  for (const [index, { version, name }] of migrations.entries()) {
    const former = migrations[index - 1]
    if (former?.version === version) throw new MigrationError(`${former.name} and ${name} have the same number`)
  }
  return migrations
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const version = FILE_NAME.exec(name)?.[1]
  if (!version) throw new MigrationError(`${name} is no migration: its name must look like 0001-what-it-makes.sql`)
  // A checkout may have turned line ends; that is no change.
  const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
  return { version: Number(version), name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
