import { setTimeout as sleep } from 'node:timers/promises'
import type { IsolationLevel, Kysely, Transaction } from 'kysely'
import type { Database } from './create-pool.ts'
import { isConflict, isLockTimeout } from './is-unavailable.ts'

const RETRIES_MAX = 3
const RETRY_BASE_MS = 10
/** Longer than a merge of a long history holds its users. */
const LOCK_WAIT_MAX_MS = 10_000
const LOCK_PAUSE_MIN_MS = 4
const LOCK_PAUSE_MAX_MS = 250

/**
 * Runs `work` in one transaction. On a deadlock or serialization failure the whole transaction runs again, at most
 * three more times with growing, random pauses; when a lock is not free, again for ten seconds, and between the tries
 * the connection is somebody else's. Then the error is thrown, and `isUnavailable` is true for it.
 * `work` may therefore run several times: it must do nothing outside its transaction.
 */
export async function inTransaction<Result>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<Result>,
  options: { isolation?: IsolationLevel } = {},
): Promise<Result> {
  const startMs = performance.now()
  for (let conflicts = 0, waits = 0; ; ) {
    const tryMs = performance.now()
    try {
      const builder = options.isolation ? db.transaction().setIsolationLevel(options.isolation) : db.transaction()
      return await builder.execute(work)
    } catch (error) {
      const nowMs = performance.now()
      if (isLockTimeout(error) && nowMs - startMs < LOCK_WAIT_MAX_MS) {
        waits += 1
        await restFromWaiting(nowMs - tryMs, waits)
        continue
      }
      if (!isConflict(error) || conflicts === RETRIES_MAX) throw error
      conflicts += 1
      await sleep(Math.random() * RETRY_BASE_MS * 2 ** conflicts)
    }
  }
}

/** A try that waited inside the database held its connection; it rests about as long, so that others come to theirs. */
async function restFromWaiting(tookMs: number, waits: number): Promise<void> {
  const pauseMs = Math.max(tookMs, Math.min(LOCK_PAUSE_MAX_MS, LOCK_PAUSE_MIN_MS * 2 ** (waits - 1)))
  await sleep(pauseMs * (0.5 + Math.random() / 2))
}
