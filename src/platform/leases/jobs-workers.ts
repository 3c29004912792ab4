import type { TestContext } from 'node:test'
import { createLocalLive } from '#platform/live'
import { silentLog as log } from '#test/silent-log'
import { createLeases } from './create-leases.ts'
import { type Job, jobs, jobsTable } from './jobs-table.ts'
import { runWorker, type Worker, type WorkerOptions } from './run-worker.ts'

export const FOR_EVER_MS = 600_000

/** A queue for tests and those who work on it; a worker leaves with its test. */
export async function jobsAndWorkers() {
  const table = await jobsTable()
  const live = createLocalLive({ log })
  const leases = createLeases({ pool: table.database.pool })
  return { table, live, leases, startWorker }

  function startWorker(t: TestContext, options: Partial<WorkerOptions<Job>>): Worker {
    const worker = runWorker<Job>({
      queue: jobs,
      leases,
      live,
      wakeTopic: 'jobs',
      concurrency: 4,
      leaseMs: 60_000,
      heartbeatMs: 10_000,
      pollMs: FOR_EVER_MS,
      handle: async (job) => void (await table.finish(job)),
      log,
      ...options,
    })
    t.after(() => worker.drain(0))
    return worker
  }
}
