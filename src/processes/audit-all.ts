import type { Kysely } from 'kysely'
import type pg from 'pg'
import { verifyChain } from '#domain/audit'
import type { Database } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { auditBooks, type Finding } from './audit-books.ts'

const CHAIN_CHECK = 'the audit is as it was sealed'

export interface Audited {
  db: Kysely<Database>
  pool: pg.Pool
  vault: Pick<Vault, 'hmac'>
}

/**
 * Looks at every row for what must hold, and at the audit for what it was; tells of each row that is not sound.
 * @returns how many rows were told of
 */
export async function auditAll(
  { db, pool, vault }: Audited,
  tell: (finding: Finding) => void,
  signal?: AbortSignal,
): Promise<number> {
  const found = await auditBooks(pool, tell, signal)
  return found + (await verifyChain(db, vault, (finding) => tell({ check: CHAIN_CHECK, ...finding }), signal))
}
