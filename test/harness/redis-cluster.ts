import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { type RedisServer, startRedisServer } from './redis-server.ts'
import { type Scope, wholeFile } from './scope.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

/** First and last slot of each of the three parts. */
const PARTS = [
  [0, 5_460],
  [5_461, 10_922],
  [10_923, 16_383],
] as const

export interface TestCluster {
  /** What `REDIS_URL` says. */
  url: string
  /** Each part of the slots with its master and its replica. */
  parts: { master: RedisServer; replica: RedisServer }[]
  /** Which part a key is in. */
  partOf(key: string): Promise<number>
  /** Kills the master of a part and lets its replica take its place, as nodes agree on after their timeout. */
  failOver(part: number): Promise<void>
  /** Moves the slot of a key to another part, as an operator does; the slot must be empty. */
  moveSlot(key: string, to: number): Promise<void>
}

/** Six real nodes: three masters and a replica of each. They never decide by themselves that one is gone. */
export async function testCluster(scope: Scope = wholeFile): Promise<TestCluster> {
  const folder = await tempFolder(scope, 'vitte-redis')
  const nodes = await Promise.all(Array.from({ length: PARTS.length * 2 }, () => startClusterNode(scope, folder)))
  const parts = PARTS.map((_, part) => ({ master: at(nodes, part), replica: at(nodes, part + PARTS.length) }))
  await Promise.all(
    parts.map(({ master }, part) => master.ask('CLUSTER', 'ADDSLOTSRANGE', ...at(PARTS, part).map(String))),
  )
  for (const node of nodes.slice(1)) await meet(node, at(nodes, 0))
  for (const node of nodes) await waitFor(async () => (await knownTo(node)) === nodes.length, { what: 'all have met' })
  for (const { master, replica } of parts) await replica.ask('CLUSTER', 'REPLICATE', await idOf(master))
  for (const { replica } of parts) {
    await waitFor(async () => String(await replica.ask('INFO', 'replication')).includes('master_link_status:up'))
  }
  for (const node of nodes)
    await waitFor(async () => /cluster_state:ok/.test(String(await node.ask('CLUSTER', 'INFO'))))

  async function partOf(key: string): Promise<number> {
    const slot = Number(await at(nodes, nodes.length - 1).ask('CLUSTER', 'KEYSLOT', key))
    return PARTS.findIndex(([first, last]) => slot >= first && slot <= last)
  }

  return {
    url: `redis+cluster://${parts.map(({ master }) => `127.0.0.1:${master.port}`).join()}`,
    parts,
    partOf,
    async failOver(part) {
      const { master, replica } = at(parts, part)
      await master.stop()
      await replica.ask('CLUSTER', 'FAILOVER', 'TAKEOVER')
    },
    async moveSlot(key, to) {
      const slot = String(await at(nodes, 0).ask('CLUSTER', 'KEYSLOT', key))
      const [source, target] = [at(parts, await partOf(key)).master, at(parts, to).master]
      const id = await idOf(target)
      await target.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', await idOf(source))
      await source.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', id)
      for (const master of [target, source]) await master.ask('CLUSTER', 'SETSLOT', slot, 'NODE', id)
    },
  }
}

export interface ClusterNode extends RedisServer {
  /** Where nodes talk to each other. */
  bus: number
}

/** One node that knows no other and serves nothing yet. */
export async function startClusterNode(scope: Scope, folder: string, settings: string[] = []): Promise<ClusterNode> {
  const [port, bus] = [await freePort(), await freePort()]
  const server = await startRedisServer(scope, port, [
    ...['--cluster-enabled', 'yes', '--cluster-config-file', join(folder, `${port}.conf`)],
    ...['--cluster-port', String(bus), '--cluster-replica-validity-factor', '0', '--repl-diskless-sync-delay', '0'],
    // A busy machine must not look like a dead node.
    ...['--cluster-node-timeout', '60000', '--cluster-require-full-coverage', 'no'],
    ...settings,
  ])
  return { ...server, bus }
}

async function meet(node: ClusterNode, { port, bus }: ClusterNode): Promise<void> {
  await node.ask('CLUSTER', 'MEET', '127.0.0.1', String(port), String(bus))
}

async function knownTo(node: RedisServer): Promise<number> {
  const lines = String(await node.ask('CLUSTER', 'NODES'))
    .trim()
    .split('\n')
  return lines.filter((line) => !line.includes('handshake')).length
}

async function idOf(node: RedisServer): Promise<string> {
  return String(await node.ask('CLUSTER', 'MYID'))
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError(`there are ${items.length}, none at ${index}`)
  return item
}
