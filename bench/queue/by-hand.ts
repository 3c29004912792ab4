import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, type DatabaseHandle } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import type { Contender, Stand } from './contender.ts'

const CONNECTIONS = 12
/** How often a loop that found nothing looks again: nobody wakes it. */
const POLL_MS = 1_000

const TABLE = `
  CREATE TABLE IF NOT EXISTS plain_notes (n integer PRIMARY KEY, due_at timestamptz DEFAULT now()) WITH (fillfactor = 80);
  CREATE INDEX IF NOT EXISTS plain_notes_due ON plain_notes (due_at) WHERE due_at IS NOT NULL`
const ADD = 'INSERT INTO plain_notes (n) VALUES ($1)'
const TAKE = `
  UPDATE plain_notes SET due_at = now() + interval '15 s'
  WHERE n = (SELECT n FROM plain_notes WHERE due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING n`
const FINISH = 'UPDATE plain_notes SET due_at = NULL WHERE n = $1'

/** A loop as one writes it by hand: one statement takes a row, one finishes it. No heartbeat, no token, nobody wakes it. */
export function byHand(): Contender {
  let database: DatabaseHandle
  const query = (name: string, text: string, values: unknown[] = []) =>
    database.pool.query({ name: `plain.${name}`, text, values })
  return {
    name: 'by hand',
    async prepare({ connectionString, pool }: Stand) {
      database = createDatabase({ connectionString, maxConnections: CONNECTIONS, log: silentLog })
      await pool.query(TABLE)
    },
    addWithin: (client, n) => client.query({ name: 'plain.add', text: ADD, values: [n] }),
    add: (n) => query('add', ADD, [n]),
    addMany: (numbers) => database.pool.query('INSERT INTO plain_notes (n) SELECT unnest($1::integer[])', [numbers]),
    async work(concurrency, handle) {
      const stopping = new AbortController()
      const loop = async () => {
        while (!stopping.signal.aborted) {
          const [row] = (await query('take', TAKE)).rows
          if (!row) await sleep(POLL_MS, undefined, { signal: stopping.signal }).catch(() => {})
          else {
            await handle(row.n)
            await query('finish', FINISH, [row.n])
          }
        }
      }
      const loops = Promise.all(Array.from({ length: concurrency }, loop))
      return {
        async stop() {
          stopping.abort()
          await loops
        },
      }
    },
    close: () => database.close(),
  }
}
