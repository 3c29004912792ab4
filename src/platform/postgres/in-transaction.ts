import { setTimeout as sleep } from 'node:timers/promises'
import type { IsolationLevel, Kysely, Transaction } from 'kysely'
import type { Database } from './create-pool.ts'
import { isConflict } from './is-unavailable.ts'

const RETRIES_MAX = 3
const RETRY_BASE_MS = 10

/**
 * Runs `work` in one transaction. On a deadlock or serialization failure the whole transaction runs again, at most
 * three more times with growing, random pauses; then the error is thrown, and `isUnavailable` is true for it.
 * `work` may therefore run several times: it must do nothing outside its transaction.
 */
export async function inTransaction<Result>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<Result>,
  options: { isolation?: IsolationLevel } = {},
): Promise<Result> {
  for (let retry = 0; ; retry += 1) {
    try {
      const builder = options.isolation ? db.transaction().setIsolationLevel(options.isolation) : db.transaction()
      return await builder.execute(work)
    } catch (error) {
      if (!isConflict(error) || retry === RETRIES_MAX) throw error
      await sleep(Math.random() * RETRY_BASE_MS * 2 ** (retry + 1))
    }
  }
}
