import type pg from 'pg'
import type { PersonalDataPart } from '#domain/identity'
import type { Log } from '#platform/log'
import { type Executor, rewriteTables } from '#platform/postgres'
import { markScrubbed, unscrubbedUntil } from './erasure-store.ts'

export interface ScrubDeps {
  db: Executor
  pool: Pick<pg.Pool, 'connect'>
  parts: readonly PersonalDataPart[]
  log: Log
}

/**
 * Clears the files of the database of what erased rows have left there: a row that is deleted stays in its page until
 * something takes its place, and in the log of what was written. Nothing when nobody was forgotten since the last time.
 * To be called now and then by whoever is there; one at a time does it.
 */
export async function scrubErased(
  { db, pool, parts, log }: ScrubDeps,
  signal: AbortSignal,
): Promise<'nothing' | 'done' | 'later'> {
  const until = await unscrubbedUntil(db)
  if (!until) return 'nothing'
  const outcome = await rewriteTables(pool, tablesOf(parts), signal)
  if (outcome === 'busy') return 'later'
  await markScrubbed(db, until)
  log.info('leaving.scrubbed', { outcome })
  return 'done'
}

/** Whatever an erasure takes rows from, or empties rows of. */
function tablesOf(parts: readonly PersonalDataPart[]): string[] {
  const untouched = new Set(['audit_events', 'erasures', 'legacy_profiles'])
  const tables = parts.flatMap((part) => Object.keys(part.tables)).filter((table) => !untouched.has(table))
  return [...tables, 'session_proofs']
}
