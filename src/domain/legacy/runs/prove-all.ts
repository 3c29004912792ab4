import type pg from 'pg'
import type { Vault } from '#platform/vault'
import { type Proof, prove } from './prove.ts'
import { doneRuns, type Run } from './run-store.ts'

/** The proof of the last run of a source, and of those before it. */
export interface Proofs {
  /** Says also how many of the runs before are proven. */
  last: Proof
  before: { run: Run; proof: Proof }[]
}

/** Proves a run and all that it stands on: what one of them brought may have been damaged since. */
export async function proveAll(pool: pg.Pool, vault: Vault, run: Run): Promise<Proofs> {
  const before: Proofs['before'] = []
  for (const earlier of await doneRuns(pool, run.source)) {
    if (earlier.id === run.id) break
    before.push({ run: earlier, proof: await prove(pool, vault, earlier, false) })
  }
  const { checks, differing } = await prove(pool, vault, run, true)
  const proven = before.filter(({ proof }) => proof.checks.every(({ holds }) => holds)).length
  const what = 'runs before this one, and those of them that are proven'
  const all = { what, source: before.length, target: proven, holds: before.length === proven }
  return { last: { checks: before.length > 0 ? [...checks, all] : checks, differing }, before }
}
