import type pg from 'pg'
import { createLeases, type Queue, runWorker } from '#platform/leases'
import { createLocalLive } from '#platform/live'
import { createDatabase, type DatabaseHandle } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import type { Contender, Stand } from './contender.ts'

const TOPIC = 'notes'
/** As run-workers.ts has them. */
const LEASE_MS = 15_000
const HEARTBEAT_MS = 3_000
const DRAIN_MS = 5_000
const CONNECTIONS = 12

interface Note {
  n: number
}

const NOTES: Queue<Note> = { table: 'leased_notes', key: ['n'], columns: [] }

const TABLE = `
  CREATE TABLE IF NOT EXISTS leased_notes (
    n integer PRIMARY KEY, due_at timestamptz DEFAULT now(),
    lease_token bigint NOT NULL DEFAULT 0, lease_attempts integer NOT NULL DEFAULT 0
  ) WITH (fillfactor = 80);
  CREATE INDEX IF NOT EXISTS leased_notes_due ON leased_notes (due_at) WHERE due_at IS NOT NULL`
const FINISH = 'UPDATE leased_notes SET due_at = NULL WHERE n = $1 AND lease_token = $2'
const ADD = 'INSERT INTO leased_notes (n) VALUES ($1)'

/** Platform's leases: the row is the job, and a topic of the live bus wakes. */
export function ourLeases(): Contender {
  const live = createLocalLive({ log: silentLog })
  let database: DatabaseHandle
  const wake = () => live.publish(TOPIC, null)
  return {
    name: 'Vitte',
    async prepare({ connectionString, pool }: Stand) {
      database = createDatabase({ connectionString, maxConnections: CONNECTIONS, log: silentLog })
      await pool.query(TABLE)
    },
    addWithin: (client: pg.PoolClient, n) => client.query({ name: 'leased.add', text: ADD, values: [n] }),
    async add(n) {
      await database.pool.query({ name: 'leased.add', text: ADD, values: [n] })
      wake()
    },
    async addMany(numbers) {
      await database.pool.query('INSERT INTO leased_notes (n) SELECT unnest($1::integer[])', [numbers])
      wake()
    },
    async work(concurrency, handle) {
      const worker = runWorker({
        queue: NOTES,
        leases: createLeases({ pool: database.pool }),
        live,
        wakeTopic: TOPIC,
        concurrency,
        leaseMs: LEASE_MS,
        heartbeatMs: HEARTBEAT_MS,
        async handle(row) {
          await handle(row.n)
          await database.pool.query({ name: 'leased.finish', text: FINISH, values: [row.n, row.lease_token] })
        },
        log: silentLog,
      })
      return { stop: () => worker.drain(DRAIN_MS) }
    },
    async close() {
      await live.close()
      await database.close()
    },
  }
}
