import { setTimeout as sleep } from 'node:timers/promises'
import { RowLockedError } from '#platform/postgres'
import type { Accept } from './accept-in-groups.ts'
import type { AcceptItem, AcceptRow } from './accept-store.ts'

/** Longer than a merge of a long history takes; after it the sender is asked to repeat. */
export const BUSY_WAIT_MAX_MS = 10_000
/** A row is usually held for the milliseconds of one commit. */
const PAUSE_MIN_MS = 4
const PAUSE_MAX_MS = 100

/**
 * Tries one message again while its user is held by somebody else, and occupies no connection in between. Pauses grow
 * and differ, so that many who wait for one user do not come at once.
 * @throws RowLockedError when the user is still busy at `giveUpAtMs` on the clock of `performance.now()`
 */
export async function acceptWhenFree(accept: Accept, item: AcceptItem, giveUpAtMs: number): Promise<AcceptRow> {
  for (let pauseMs = PAUSE_MIN_MS; ; pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2)) {
    const row = await accept(item)
    if (row.outcome !== 'busy') return row
    if (performance.now() > giveUpAtMs) throw new RowLockedError('the user of a message is busy')
    await sleep(pauseMs * (0.5 + Math.random() / 2))
  }
}
