import { type TestDatabase, testDatabase } from '#test/database'
import type { Queue } from './queue.ts'

/** A queue for tests: a row is done when it has neither a due time nor a free token. */
export interface Job {
  lane: string
  n: number
}

export const jobs: Queue<Job> = { table: 'jobs', key: ['lane', 'n'], columns: ['n'] }

const CREATE_JOBS = `
  CREATE TABLE jobs (
    lane text NOT NULL,
    n bigint NOT NULL,
    outcomes integer NOT NULL DEFAULT 0,
    due_at timestamptz DEFAULT now(),
    lease_token bigint NOT NULL DEFAULT 0,
    lease_attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (lane, n)
  );
  CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL`

export interface JobsTable {
  database: TestDatabase
  add(lane: string, count?: number): Promise<void>
  /** Writes the outcome as a worker must: under the token. False: somebody else took the row. */
  finish(job: Job & { lease_token: number }): Promise<boolean>
  /** Seconds until due are rounded; null: finished. */
  look(
    lane: string,
  ): Promise<{ outcomes: number; dueInSeconds: number | null; lease_token: number; lease_attempts: number }[]>
  clear(): Promise<void>
}

export async function jobsTable(): Promise<JobsTable> {
  const database = await testDatabase()
  const { pool } = database
  await pool.query(CREATE_JOBS)
  return {
    database,
    async add(lane, count = 1) {
      await pool.query('INSERT INTO jobs (lane, n) SELECT $1, n FROM generate_series(1, $2::int) AS n', [lane, count])
    },
    async finish({ lane, n, lease_token }) {
      const { rowCount } = await pool.query(
        'UPDATE jobs SET due_at = NULL, outcomes = outcomes + 1 WHERE lane = $1 AND n = $2 AND lease_token = $3',
        [lane, n, lease_token],
      )
      return rowCount === 1
    },
    async look(lane) {
      const { rows } = await pool.query(
        `SELECT outcomes, round(extract(epoch FROM due_at - now()))::int AS "dueInSeconds", lease_token, lease_attempts
         FROM jobs WHERE lane = $1 ORDER BY n`,
        [lane],
      )
      return rows
    },
    async clear() {
      await pool.query('TRUNCATE jobs')
    },
  }
}
