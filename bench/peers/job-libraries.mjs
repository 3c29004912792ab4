// Job libraries as their own documents begin with them: nothing tuned but how many jobs are worked on at once.
import { Queue, Worker } from 'bullmq'
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import IORedis from 'ioredis'

const TASK = 'note'
const QUEUE = 'notes'
const silent = new Logger(() => () => {})

/** Jobs in the same PostgreSQL. */
export async function prepareGraphile(connectionString) {
  const utils = await makeWorkerUtils({ connectionString, logger: silent })
  await utils.migrate()
  await utils.release()
}

/** The SQL that adds a job within a transaction; $1 is its number. */
export const GRAPHILE_ADD = `SELECT graphile_worker.add_job('${TASK}', json_build_object('n', $1::integer))`

/** `handle` is given the job's number. */
export async function runGraphile({ connectionString, concurrency, handle }) {
  const runner = await run({
    connectionString,
    concurrency,
    logger: silent,
    noHandleSignals: true,
    taskList: { [TASK]: ({ n }) => handle(n) },
  })
  return { stop: () => runner.stop() }
}

/** Jobs in Redis, which knows no transaction of PostgreSQL: they are added after it. */
export function openBullQueue(redisUrl) {
  const connection = new IORedis(redisUrl, { maxRetriesPerRequest: null })
  const queue = new Queue(QUEUE, { connection, defaultJobOptions: { removeOnComplete: true } })
  return {
    add: (n) => queue.add(TASK, { n }),
    addMany: (numbers) => queue.addBulk(numbers.map((n) => ({ name: TASK, data: { n } }))),
    async close() {
      await queue.close()
      connection.disconnect()
    },
  }
}

/** `handle` is given the job's number. */
export async function runBull({ redisUrl, concurrency, handle }) {
  const connection = new IORedis(redisUrl, { maxRetriesPerRequest: null })
  const worker = new Worker(QUEUE, ({ data }) => handle(data.n), { connection, concurrency })
  await worker.waitUntilReady()
  return {
    async stop() {
      await worker.close()
      connection.disconnect()
    },
  }
}
