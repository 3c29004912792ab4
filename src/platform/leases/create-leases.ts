import type pg from 'pg'
import { type LeaseStatements, leaseStatements } from './lease-statements.ts'
import type { LeasedRow, Queue } from './queue.ts'

export interface GiveBack {
  /** The row may be taken again after this many milliseconds. */
  afterMs: number
  /** The work was not tried in earnest (a drain): this lease does not count as an attempt. */
  uncounted?: boolean
}

/** Takes rows for a time, for any number of processes. All times are the database's. */
export interface Leases {
  /** Up to `limit` due rows, the longest due first; no two callers get the same one. */
  take<Row extends object>(queue: Queue<Row>, options: { limit: number; leaseMs: number }): Promise<LeasedRow<Row>[]>
  /**
   * Moves the end of the lease to `leaseMs` from now; a row that its worker has settled stays as it is.
   * False: lost, somebody else took it or it is gone.
   */
  renew<Row extends object>(queue: Queue<Row>, row: LeasedRow<Row>, leaseMs: number): Promise<boolean>
  /** Ends the lease without an outcome. False: it was not held any more, nothing is changed. */
  giveBack<Row extends object>(queue: Queue<Row>, row: LeasedRow<Row>, options: GiveBack): Promise<boolean>
}

export function createLeases({ pool }: { pool: Pick<pg.Pool, 'query'> }): Leases {
  const known = new Map<Queue<never>, LeaseStatements>()

  function statementsOf<Row extends object>(queue: Queue<Row>): LeaseStatements {
    const key = queue as unknown as Queue<never>
    const statements = known.get(key) ?? leaseStatements(queue as Queue<object>)
    known.set(key, statements)
    return statements
  }

  function run<Row extends object>(queue: Queue<Row>, kind: keyof LeaseStatements, values: unknown[]) {
    const name = ['leases', kind, queue.table, queue.condition, queue.begunFirst && 'begun'].filter(Boolean).join('.')
    return pool.query({ name, text: statementsOf(queue)[kind], values })
  }

  return {
    async take(queue, { limit, leaseMs }) {
      return (await run(queue, 'take', [limit, leaseMs])).rows
    },
    async renew(queue, row, leaseMs) {
      const { rows } = await run(queue, 'renew', [...identify(queue, row), leaseMs])
      const { leased_until: leasedUntil, own } = rows[0] as { leased_until: string | null; own: boolean }
      if (leasedUntil !== null) row.leased_until = leasedUntil
      return own
    },
    async giveBack(queue, row, { afterMs, uncounted = false }) {
      const { rowCount } = await run(queue, 'giveBack', [...identify(queue, row), afterMs, uncounted ? 1 : 0])
      return rowCount === 1
    },
  }
}

function identify<Row extends object>(queue: Queue<Row>, row: LeasedRow<Row>): unknown[] {
  return [...queue.key.map((name) => row[name]), row.lease_token, row.leased_until]
}
