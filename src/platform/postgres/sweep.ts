import type { RawBuilder } from 'kysely'
import type { Executor } from './create-pool.ts'

const SWEEP_ROWS_MAX = 5_000

/** Repeats a deletion of at most `limit` rows until it finds fewer, so that no lock is held and no log is filled for long. */
export async function sweep(db: Executor, some: (limit: number) => RawBuilder<unknown>): Promise<void> {
  for (let gone = SWEEP_ROWS_MAX; gone >= SWEEP_ROWS_MAX; ) {
    const { numAffectedRows } = await some(SWEEP_ROWS_MAX).execute(db)
    gone = Number(numAffectedRows ?? 0)
  }
}
