import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** What the database is bound to. */
export interface Installation {
  /** Of the master key that it belongs to. */
  fingerprint: Buffer
  /** Of the one that takes its place; null unless a change is under way. */
  nextFingerprint: Buffer | null
  /** The first master key under the present one; null as long as they are the same. */
  wrappedRoot: Buffer | null
}

/** Writes the fingerprint into an unclaimed database; returns what stands there, whoever wrote it. */
export async function claimInstallation(db: Executor, fingerprint: Buffer): Promise<Installation> {
  await sql`
    INSERT INTO installation (master_key_fingerprint) VALUES (${fingerprint})
    ON CONFLICT (only_row) DO NOTHING`.execute(db)
  const claimed = await readInstallation(db)
  if (!claimed) throw new Error('table installation kept no row')
  return claimed
}

/** Null before the first start. */
export async function readInstallation(db: Executor): Promise<Installation | null> {
  const { rows } = await sql<Installation>`
    SELECT master_key_fingerprint AS fingerprint, next_fingerprint AS "nextFingerprint", wrapped_root AS "wrappedRoot"
    FROM installation`.execute(db)
  return rows[0] ?? null
}

/** From now on every process wraps with the next key. False when something else is under way. */
export async function beginKeyChange(db: Executor, from: Buffer, to: Buffer): Promise<boolean> {
  const { rows } = await sql`
    UPDATE installation SET next_fingerprint = ${to}
    WHERE master_key_fingerprint = ${from} AND (next_fingerprint IS NULL OR next_fingerprint = ${to})
    RETURNING only_row`.execute(db)
  return rows.length > 0
}

/** The next key is the installation's. False when it was not on its way. */
export async function endKeyChange(tx: Executor, to: Buffer, wrappedRoot: Buffer): Promise<boolean> {
  const { rows } = await sql`
    UPDATE installation
    SET master_key_fingerprint = ${to}, next_fingerprint = NULL, wrapped_root = ${wrappedRoot}
    WHERE next_fingerprint = ${to} RETURNING only_row`.execute(tx)
  return rows.length > 0
}

/** Sessions of other processes on this database whose name begins so. */
export async function sessionsNamed(db: Executor, prefix: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT DISTINCT application_name AS name FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND starts_with(application_name, ${prefix})
  `.execute(db)
  return rows.map(({ name }) => name)
}
