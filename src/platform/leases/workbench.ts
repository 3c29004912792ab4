import { isUnavailable } from '#platform/postgres'
import { type HeldLease, holdLease, LeaseLostError } from './hold-lease.ts'
import type { LeasedRow } from './queue.ts'
import type { WorkerOptions } from './run-worker.ts'

/** How long work may take to notice that it was told to stop. */
const ABORT_GRACE_MS = 500
const RETRY_BASE_MS = 1_000
const RETRY_MAX_MS = 60_000
/** By so much fewer rows are suspected together after each further crash: in the end the one that kills is alone. */
const FEWER_PER_DOUBT = 4

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
  /** False: the row is suspected of taking its worker down, and too many like it are under way. */
  begin(row: LeasedRow<Row>): boolean
  /** Gives back rows on which nothing was tried, to be taken again after `afterMs` (0 if not given) milliseconds. */
  giveBack(rows: LeasedRow<Row>[], afterMs?: number): Promise<void>
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

  function begin(row: LeasedRow<Row>): boolean {
    const alike = [...pieces].filter((piece) => piece.row.lease_attempts >= row.lease_attempts)
    if (alike.length >= takenBeside(options, row)) return false
    const lease = holdLease(leases, queue, row, options)
    const piece: Piece<Row> = { row, lease, done: Promise.resolve() }
    pieces.add(piece)
    piece.done = work(piece).finally(() => {
      lease.stop()
      pieces.delete(piece)
      onFree()
    })
    return true
  }

  async function work({ row, lease }: Piece<Row>): Promise<void> {
    try {
      await options.handle(row, lease.signal)
    } catch (error) {
      const { reason } = lease.signal
      if (reason instanceof LeaseLostError) log.warn('leases.lost', { queue: queue.table, attempt: row.lease_attempts })
      else if (!(reason instanceof DrainedError)) {
        await lease.settle()
        await retryLater(options, row, error)
      }
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
    const ended = unfinished.flatMap(({ done, lease }) => [done, lease.settle()])
    await until(performance.now() + ABORT_GRACE_MS, Promise.all(ended))
    // A row that was settled after all is not held any more, and stays as it is.
    await giveBack(unfinished.map(({ row }) => row))
  }

  async function giveBack(rows: LeasedRow<Row>[], afterMs = 0): Promise<void> {
    const given = await Promise.allSettled(rows.map((row) => leases.giveBack(queue, row, { afterMs, uncounted: true })))
    // What could not be given back comes due when its lease ends.
    const count = given.filter((result) => result.status === 'fulfilled' && result.value).length
    log.info('leases.given_back', { queue: queue.table, count })
  }
}

/** With how many that went down at least as often a row may be under way, itself among them. */
function takenBeside<Row extends object>(options: WorkerOptions<Row>, row: LeasedRow<Row>): number {
  const doubts = row.lease_attempts - (options.trustedTakes ?? Number.POSITIVE_INFINITY)
  if (doubts <= 0) return options.concurrency
  return Math.max(1, Math.floor(options.concurrency / FEWER_PER_DOUBT ** doubts))
}

/** Gives the row back for later, unless its owner settles it. */
async function retryLater<Row extends object>(
  { queue, leases, log, onError }: WorkerOptions<Row>,
  row: LeasedRow<Row>,
  error: unknown,
): Promise<void> {
  log[levelOf(error)]('leases.work_failed', { queue: queue.table, attempt: row.lease_attempts, error })
  const afterMs = Math.min(RETRY_BASE_MS * 2 ** (row.lease_attempts - 1), RETRY_MAX_MS)
  try {
    await onError?.(error, row)
    await leases.giveBack(queue, row, { afterMs, uncounted: isUnavailable(error) })
  } catch (failure) {
    // The lease ends by itself.
    log.warn('leases.give_back_failed', { queue: queue.table, error: failure })
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
