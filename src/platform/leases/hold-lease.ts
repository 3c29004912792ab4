import type { Leases } from './create-leases.ts'
import type { LeasedRow, Queue } from './queue.ts'

/** Why the work on a row was told to stop. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

export interface HeldLease {
  /** Aborts when the lease is lost, or by `abort`. */
  signal: AbortSignal
  abort(reason: Error): void
  /** Ends the heartbeat; the row is no longer looked after. */
  stop(): void
  /**
   * Ends the heartbeat and waits for the one that is on its way: until then nobody knows by which time the row is held,
   * and it could not be given back.
   */
  settle(): Promise<void>
}

/** Renews a row's lease every `heartbeatMs` until stopped. */
export function holdLease<Row extends object>(
  leases: Leases,
  queue: Queue<Row>,
  row: LeasedRow<Row>,
  { leaseMs, heartbeatMs }: { leaseMs: number; heartbeatMs: number },
): HeldLease {
  const controller = new AbortController()
  let expiry = setTimeout(lose, leaseMs)
  let renewal: Promise<void> | null = null
  let stopped = false
  const heartbeat = setInterval(beat, heartbeatMs)
  return { signal: controller.signal, abort, stop, settle }

  function beat(): void {
    renewal ??= renew().finally(() => {
      renewal = null
    })
  }

  async function renew(): Promise<void> {
    // Counted from before the statement, so that our idea of the end is never later than the database's.
    const startedMs = performance.now()
    try {
      const own = await leases.renew(queue, row, leaseMs)
      if (stopped) return
      if (own) moveExpiry(startedMs)
      else lose()
    } catch {
      // The database is away: the next beats try again, and the expiry ends the work if none succeeds in time.
    }
  }

  function moveExpiry(renewedAtMs: number): void {
    clearTimeout(expiry)
    expiry = setTimeout(lose, leaseMs - (performance.now() - renewedAtMs))
  }

  function lose(): void {
    abort(new LeaseLostError('somebody else may work on this row now'))
  }

  function abort(reason: Error): void {
    stop()
    controller.abort(reason)
  }

  function stop(): void {
    stopped = true
    clearInterval(heartbeat)
    clearTimeout(expiry)
  }

  async function settle(): Promise<void> {
    stop()
    await renewal
  }
}
