import { GRAPHILE_ADD, openBullQueue, prepareGraphile, runBull, runGraphile } from '../peers/job-libraries.mjs'
import type { Contender, Stand } from './contender.ts'

const ADD_MANY = GRAPHILE_ADD.replace('$1::integer', 'n').concat(' FROM unnest($1::integer[]) AS n')

export function graphileWorker(): Contender {
  let stand: Stand
  return {
    name: 'graphile-worker',
    async prepare(given) {
      stand = given
      await prepareGraphile(given.connectionString)
    },
    addWithin: (client, n) => client.query({ name: 'graphile.add', text: GRAPHILE_ADD, values: [n] }),
    add: (n) => stand.pool.query({ name: 'graphile.add', text: GRAPHILE_ADD, values: [n] }),
    addMany: (numbers) => stand.pool.query(ADD_MANY, [numbers]),
    work: (concurrency, handle) => runGraphile({ connectionString: stand.connectionString, concurrency, handle }),
    close: async () => {},
  }
}

export function bullMq(): Contender {
  let redisUrl: string
  let queue: ReturnType<typeof openBullQueue>
  return {
    name: 'BullMQ',
    async prepare(given) {
      redisUrl = given.redisUrl
      queue = openBullQueue(redisUrl)
    },
    addWithin: null,
    add: (n) => queue.add(n),
    addMany: (numbers) => queue.addMany(numbers),
    work: (concurrency, handle) => runBull({ redisUrl, concurrency, handle }),
    close: () => queue.close(),
  }
}
