import type { Live } from '#platform/live'
import type { Log } from '#platform/log'
import { createBell } from './bell.ts'
import type { Leases } from './create-leases.ts'
import type { LeasedRow, Queue } from './queue.ts'
import { createRamp } from './ramp.ts'
import { createWorkbench } from './workbench.ts'

const BACK_OFF_BASE_MS = 100
const BACK_OFF_MAX_MS = 2_000

export interface WorkerOptions<Row extends object> {
  queue: Queue<Row>
  leases: Leases
  live: Live
  /** Published after rows became due; a wake-up may be lost, polling finds the row then. */
  wakeTopic: string
  /** Rows worked on at once by this process. */
  concurrency: number
  leaseMs: number
  heartbeatMs: number
  pollMs?: number
  /**
   * For a queue whose rows are taken again only after a crash: one taken more often than this is suspected of taking its
   * worker down, and worked on beside ever fewer like it. Without it nobody is suspected.
   */
  trustedTakes?: number
  /** For work whose cost is time at work, not waiting: fewer rows are under way while the process has no time left. */
  sparesLoop?: boolean
  /** For how many milliseconds nothing is to be taken, 0 for none; asked before each taking. */
  holdMs?(): number
  /**
   * Does the work and writes the outcome (due_at NULL, or when to try again) where `lease_token` is still the row's.
   * Stops when `signal` aborts: the row may be somebody else's by then. What it throws gives the row back for later.
   */
  handle(row: LeasedRow<Row>, signal: AbortSignal): Promise<void>
  /** Told after `handle` threw and before the row is given back; may settle the row (a dead letter) instead. */
  onError?(error: unknown, row: LeasedRow<Row>): Promise<void> | void
  log: Log
}

export interface Worker {
  /** Looks for due rows now. */
  wake(): void
  /** Takes no more rows, waits for those under way, then aborts them and gives their leases back. */
  drain(timeoutMs: number): Promise<void>
}

const POLL_MS = 1_000

/** Works on a queue until drained. Never throws: while the database is away it waits and tries again. */
export function runWorker<Row extends object>(options: WorkerOptions<Row>): Worker {
  const { queue, leases, live, wakeTopic, concurrency, leaseMs, pollMs = POLL_MS, log } = options
  const bell = createBell()
  const ramp = createRamp({ concurrency, sparesLoop: options.sparesLoop ?? false })
  const bench = createWorkbench(options, () => {
    ramp.finished()
    bell.ring()
  })
  let draining = false
  const subscribed = live.subscribe(wakeTopic, { event: bell.ring, gap: bell.ring })
  const looped = loop()
  return {
    wake: bell.ring,
    async drain(timeoutMs) {
      draining = true
      bell.ring()
      const deadlineMs = performance.now() + timeoutMs
      await (await subscribed)()
      await bench.clear(looped, deadlineMs)
    },
  }

  async function loop(): Promise<void> {
    let failures = 0
    while (!draining) {
      const heldMs = options.holdMs?.() ?? 0
      const free = heldMs > 0 ? 0 : ramp.bearable() - bench.busy()
      const taken = free > 0 ? await take(free, failures) : 0
      failures = taken === undefined ? failures + 1 : 0
      if (draining) return
      if (taken === undefined) await bell.sleep(backOffMs(failures))
      else if (taken < free || free <= 0) await bell.sleep(heldMs > 0 ? Math.min(heldMs, pollMs) : pollMs)
    }
  }

  /** How many rows there were; undefined when the database could not be asked. */
  async function take(limit: number, failures: number): Promise<number | undefined> {
    try {
      const rows = await leases.take(queue, { limit, leaseMs })
      if (failures > 0) log.info('leases.database_back', { queue: queue.table })
      const refused = rows.filter((row) => draining || !bench.begin(row))
      if (refused.length > 0) await bench.giveBack(refused, draining ? 0 : pollMs)
      return rows.length
    } catch (error) {
      if (failures === 0) log.warn('leases.take_failed', { queue: queue.table, error })
      return undefined
    }
  }
}

function backOffMs(failures: number): number {
  return Math.min(BACK_OFF_BASE_MS * 2 ** failures, BACK_OFF_MAX_MS) * (0.5 + Math.random() / 2)
}
