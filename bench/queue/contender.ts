import type pg from 'pg'

/** The same for all: work takes no time of its own, so that what is measured is the queue. */
export type Handle = (n: number) => Promise<void>

/** What all of them stand on. */
export interface Stand {
  connectionString: string
  redisUrl: string
  /** For what the bench does beside them. */
  pool: pg.Pool
}

/** One way to have work done later. */
export interface Contender {
  name: string
  prepare(stand: Stand): Promise<void>
  /** Within the transaction that the client is in; null where the queue knows no transaction of PostgreSQL. */
  addWithin: ((client: pg.PoolClient, n: number) => Promise<unknown>) | null
  /** One job by itself, after the transaction, with whatever wakes a worker. */
  add(n: number): Promise<unknown>
  /** Many at once, as backlog. */
  addMany(numbers: number[]): Promise<unknown>
  /** Works until it is stopped. */
  work(concurrency: number, handle: Handle): Promise<{ stop(): Promise<void> }>
  close(): Promise<void>
}
