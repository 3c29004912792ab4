import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Writes the fingerprint into an unclaimed database; returns the one that stands there, whoever wrote it. */
export async function claimFingerprint(db: Executor, fingerprint: Buffer): Promise<Buffer> {
  await sql`
    INSERT INTO installation (master_key_fingerprint) VALUES (${fingerprint})
    ON CONFLICT (only_row) DO NOTHING`.execute(db)
  const { rows } = await sql<{ fingerprint: Buffer }>`
    SELECT master_key_fingerprint AS fingerprint FROM installation`.execute(db)
  const claimed = rows[0]
  if (!claimed) throw new Error('table installation kept no row')
  return claimed.fingerprint
}
