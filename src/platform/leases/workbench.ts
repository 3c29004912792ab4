import { isUnavailable } from '#platform/postgres'
import { type HeldLease, holdLease, LeaseLostError } from './hold-lease.ts'
import type { LeasedRow } from './queue.ts'
import type { WorkerOptions } from './run-worker.ts'

/** How long work may take to notice that it was told to stop. */
const ABORT_GRACE_MS = 500
const RETRY_BASE_MS = 1_000
const RETRY_MAX_MS = 60_000

/** Why work was told to stop when its process ends. */
export class DrainedError extends Error {
  override readonly name = 'DrainedError'
}

interface Piece<Row extends object> {
  row: LeasedRow<Row>
  lease: HeldLease
  done: Promise<void>
}

export interface Workbench<Row extends object> {
  begin(row: LeasedRow<Row>): void
  /** Gives back rows on which nothing was tried. */
  giveBack(rows: LeasedRow<Row>[]): Promise<void>
  /** How many rows are under way. */
  busy(): number
  /** Waits for what is under way until the deadline (of `performance.now()`), then stops it and gives it back. */
  clear(noMoreBegin: Promise<void>, deadlineMs: number): Promise<void>
}

/** The rows under way in one worker, each with its lease held. `onFree` is called when one is finished. */
export function createWorkbench<Row extends object>(options: WorkerOptions<Row>, onFree: () => void): Workbench<Row> {
  const { queue, leases, log } = options
  const pieces = new Set<Piece<Row>>()
  return { begin, giveBack, busy: () => pieces.size, clear }

  function begin(row: LeasedRow<Row>): void {
    const lease = holdLease(leases, queue, row, options)
    const piece: Piece<Row> = { row, lease, done: Promise.resolve() }
    pieces.add(piece)
    piece.done = work(piece).finally(() => {
      lease.stop()
      pieces.delete(piece)
      onFree()
    })
  }

  async function work({ row, lease }: Piece<Row>): Promise<void> {
    try {
      await options.handle(row, lease.signal)
    } catch (error) {
      const { reason } = lease.signal
      if (reason instanceof LeaseLostError) log.warn('leases.lost', { queue: queue.table, attempt: row.lease_attempts })
      else if (!(reason instanceof DrainedError)) await retryLater(row, error)
    }
  }

  async function retryLater(row: LeasedRow<Row>, error: unknown): Promise<void> {
    log[levelOf(error)]('leases.work_failed', { queue: queue.table, attempt: row.lease_attempts, error })
    const afterMs = Math.min(RETRY_BASE_MS * 2 ** (row.lease_attempts - 1), RETRY_MAX_MS)
    try {
      await options.onError?.(error, row)
      await leases.giveBack(queue, row, { afterMs, uncounted: isUnavailable(error) })
    } catch (failure) {
      // The lease ends by itself.
      log.warn('leases.give_back_failed', { queue: queue.table, error: failure })
    }
  }

  async function clear(noMoreBegin: Promise<void>, deadlineMs: number): Promise<void> {
    await until(
      deadlineMs,
      noMoreBegin.then(() => Promise.all([...pieces].map(({ done }) => done))),
    )
    const unfinished = [...pieces]
    if (unfinished.length === 0) return
    for (const { lease } of unfinished) lease.abort(new DrainedError('this process ends'))
    await until(performance.now() + ABORT_GRACE_MS, Promise.all(unfinished.map(({ done }) => done)))
    // A row that was settled after all is not held any more, and stays as it is.
    await giveBack(unfinished.map(({ row }) => row))
  }

  async function giveBack(rows: LeasedRow<Row>[]): Promise<void> {
    const given = await Promise.allSettled(
      rows.map((row) => leases.giveBack(queue, row, { afterMs: 0, uncounted: true })),
    )
    // What could not be given back comes due when its lease ends.
    const count = given.filter((result) => result.status === 'fulfilled' && result.value).length
    log.info('leases.given_back', { queue: queue.table, count })
  }
}

/** A database that is away is everybody's news already; anything else is a bug. */
function levelOf(error: unknown): 'warn' | 'error' {
  return isUnavailable(error) ? 'warn' : 'error'
}

async function until(deadlineMs: number, promise: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.max(0, deadlineMs - performance.now()))
  await Promise.race([promise, late])
  clearTimeout(timer)
}
