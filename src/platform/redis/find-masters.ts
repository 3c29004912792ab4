import { type Client, type Create, openClient } from './open-client.ts'
import type { Access, Place, RedisTarget } from './parse-redis-url.ts'
import { slotOf } from './slot-of.ts'

/** A server that does not say in this time who serves is passed over. */
const ASK_TIMEOUT_MS = 1_000

/** Who serves which keys. Servers go by `host:port`. */
export interface Masters {
  places: ReadonlyMap<string, Place>
  /** The server of a key or channel; undefined while nobody serves it. */
  at(key: string): string | undefined
  /** Equal when nothing has changed. */
  print: string
}

export const NOBODY: Masters = { places: new Map(), at: () => undefined, print: '' }

export const nameOf = ({ host, port }: Place) => `${host}:${port}`

/**
 * Who serves right now, asked of sentinels or of any node of the cluster.
 * @throws when nobody says it
 */
export type FindMasters = (known: Masters) => Promise<Masters>

export function findMasters(create: Create, target: Exclude<RedisTarget, { kind: 'server' }>): FindMasters {
  if (target.kind === 'sentinel') {
    const { sentinels, sentinelAccess, master } = target
    const question = ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', master]
    return () => firstAnswer(create, sentinels, sentinelAccess, question, readMaster)
  }
  const { seeds, access } = target
  return (known) => {
    const places = new Map([
      ...shuffle([...known.places]),
      ...shuffle(seeds.map((seed) => [nameOf(seed), seed] as const)),
    ])
    return firstAnswer(create, [...places.values()], access, ['CLUSTER', 'SLOTS'], readSlots)
  }
}

/** One server for all. */
export function onlyOne(place: Place): Masters {
  const name = nameOf(place)
  return { places: new Map([[name, place]]), at: () => name, print: name }
}

async function firstAnswer(
  create: Create,
  places: Place[],
  access: Access,
  question: string[],
  read: (answer: unknown, asked: Place) => Masters | undefined,
): Promise<Masters> {
  let reason: unknown
  for (const place of places) {
    try {
      const answer = await ask(openClient(create, { ...place, ...access }), question)
      const masters = read(answer, place)
      if (masters) return masters
    } catch (error) {
      reason = error
    }
  }
  throw reason ?? new Error('no server knows who serves')
}

async function ask(client: Client, question: string[]): Promise<unknown> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(reject, ASK_TIMEOUT_MS, new Error('no answer in time'))
  client.on('error', () => {})
  try {
    return await Promise.race([client.connect().then(() => client.sendCommand(question)), late])
  } finally {
    clearTimeout(timer)
    client.destroy()
  }
}

function readMaster(answer: unknown): Masters | undefined {
  if (!Array.isArray(answer)) return undefined
  const [host, port] = answer
  return typeof host === 'string' && Number(port) > 0 ? onlyOne({ host, port: Number(port) }) : undefined
}

/**
 * `[first slot, last slot, [host, port, …] of the master, … of replicas]`; without a host, or with one that is not
 * known, the one that was asked is meant.
 */
function readSlots(answer: unknown, asked: Place): Masters | undefined {
  if (!Array.isArray(answer) || answer.length === 0) return undefined
  const places = new Map<string, Place>()
  const bySlot: string[] = []
  const prints: string[] = []
  for (const [first, last, [host, port]] of answer as [number, number, [string | null, number]][]) {
    const place = { host: host && host !== '?' ? host : asked.host, port }
    const name = nameOf(place)
    places.set(name, place)
    for (let slot = first; slot <= last; slot += 1) bySlot[slot] = name
    prints.push(`${first}-${last} ${name}`)
  }
  return { places, at: (key) => bySlot[slotOf(key)], print: prints.sort().join() }
}

function shuffle<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item)
}
