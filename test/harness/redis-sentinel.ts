import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { type RedisServer, startRedisServer, startSentinel } from './redis-server.ts'
import { type Scope, wholeFile } from './scope.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

/** What the sentinels call the master. */
const NAME = 'vitte'
const SENTINELS = 2

export interface TestSentinel {
  /** What `REDIS_URL` says. */
  url: string
  /** The first is master until it was failed over. */
  servers: [RedisServer, RedisServer]
  sentinels: RedisServer[]
  /** Lets the replica take the master's place; resolves when the sentinels say so. The former master may be gone. */
  failOver(): Promise<void>
  /** Lets the sentinels find out at once who follows the master, not at their next look. */
  lookAgain(): Promise<void>
}

/** A real master with a replica and two sentinels. They never decide by themselves that it is gone. */
export async function testSentinel(scope: Scope = wholeFile): Promise<TestSentinel> {
  const folder = await tempFolder(scope, 'vitte-sentinel')
  const quick = ['--repl-diskless-sync-delay', '0']
  const master = await startRedisServer(scope, await freePort(), quick)
  const replica = await startRedisServer(scope, await freePort(), [...quick, '--replicaof', `127.0.0.1 ${master.port}`])
  await waitFor(async () => String(await replica.ask('INFO', 'replication')).includes('master_link_status:up'))
  const sentinels: RedisServer[] = []
  for (let n = 0; n < SENTINELS; n += 1) sentinels.push(await watch(scope, folder, master))
  const know = async () => {
    for (const sentinel of sentinels) {
      await waitFor(async () => ((await sentinel.ask('SENTINEL', 'REPLICAS', NAME)) as unknown[]).length === 1)
    }
  }
  await know()
  const masterAt = async (sentinel: RedisServer) =>
    Number(((await sentinel.ask('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)) as string[])[1])
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join()}/${NAME}`,
    servers: [master, replica],
    sentinels,
    async lookAgain() {
      for (const sentinel of sentinels) await sentinel.ask('SENTINEL', 'RESET', NAME)
      await know()
    },
    async failOver() {
      const [first] = sentinels
      if (!first) throw new RangeError('no sentinel')
      const before = await masterAt(first)
      await waitFor(async () => (await first.ask('SENTINEL', 'FAILOVER', NAME)) === 'OK')
      for (const sentinel of sentinels) await waitFor(async () => (await masterAt(sentinel)) !== before)
    },
  }
}

async function watch(scope: Scope, folder: string, master: RedisServer): Promise<RedisServer> {
  const port = await freePort()
  const file = join(folder, `${port}.conf`)
  // A busy machine must not look like a dead master.
  const lines = [
    ...[`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`],
    ...[`sentinel monitor ${NAME} 127.0.0.1 ${master.port} 1`, `sentinel down-after-milliseconds ${NAME} 60000`],
    `sentinel failover-timeout ${NAME} 2000`,
  ]
  await writeFile(file, `${lines.join('\n')}\n`)
  return startSentinel(scope, port, file)
}
