import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { CONTENDERS, type ContenderName } from './contenders.ts'

// A worker that takes one job and never finishes it: to be killed with it in its hands.
const [name = '', connectionString = '', redisUrl = ''] = process.argv.slice(2)
const { pool } = createDatabase({ connectionString, maxConnections: 2, log: silentLog })
const contender = CONTENDERS[name as ContenderName]()
await contender.prepare({ connectionString, redisUrl, pool })
await contender.work(1, (n) => {
  process.send?.({ taken: n })
  return new Promise(() => {})
})
