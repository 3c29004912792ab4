import type { Log } from '#platform/log'
import { findMasters, onlyOne } from './find-masters.ts'
import { type Follower, followMasters, type LinksTo } from './follow-masters.ts'
import { keepLinks, type Links, type LinksOptions } from './keep-links.ts'
import { type KeepOptions, type KeptMasters, keepMasters } from './keep-masters.ts'
import { type Client, type Create, openClient } from './open-client.ts'
import { parseRedisUrl, type RedisTarget } from './parse-redis-url.ts'
import type { RedisClient, RedisWatch } from './redis-client.ts'
import { type CommandsOptions, sendCommands } from './send-commands.ts'

export interface RedisOptions {
  /** See `parseRedisUrl`. */
  url: string
  log: Log
  watch?: RedisWatch
}

/**
 * Connects in the background and keeps trying. While a server is away every command for it rejects at once instead of
 * queueing. The caller ends it with `destroy()`, which rejects what is still under way.
 * The package is loaded here: it is a third of all the modules of a process, and most have no Redis. Its own cluster
 * and sentinel clients are left alone: with a server away they wait without end and hold commands back
 * (redis/node-redis 2902, 3061, 3127, 3385).
 * @throws Error when the address is not understood
 */
export async function connectRedis({ url, log, watch }: RedisOptions): Promise<RedisClient> {
  const target = parseRedisUrl(url)
  const { createClient, RESP_TYPES } = await import('redis')
  return connectTo(target, createClient, { log, watch, asBytes: { [RESP_TYPES.BLOB_STRING]: Buffer } })
}

type Surroundings = Pick<CommandsOptions, 'watch' | 'asBytes'> & { log: Log }

function connectTo(target: RedisTarget, create: Create, { log, watch, asBytes }: Surroundings): RedisClient {
  const upListeners = new Set<() => void>()
  const followers = new Set<Follower>()
  const outage = tellOutages(log)
  const masters = keepServing(target, create, {
    looked(what) {
      links.follow()
      outage.check(links)
      for (const follower of followers) follower.looked(what)
    },
    failed(error) {
      outage.lost(error)
      for (const follower of followers) follower.failed()
    },
  })
  const linksTo: LinksTo = ({ up, down }) =>
    keepLinks({
      masters: masters.now,
      ...opening(target, create),
      up(client) {
        outage.check(links)
        up(client)
      },
      down(error) {
        outage.lost(error)
        masters.look()
        down(error)
      },
    })
  const links = linksTo({ up: () => upListeners.forEach((listener) => void listener()), down: () => {} })
  links.follow()
  return {
    get isReady() {
      return links.ready()
    },
    ...sendCommands({ links, masters, asBytes, watch }),
    subscribe: (hearing) => followMasters(hearing, linksTo, masters, followers),
    onUp(listener) {
      upListeners.add(listener)
      return () => void upListeners.delete(listener)
    },
    destroy() {
      masters.close()
      links.close()
      for (const follower of followers) follower.close()
    },
  }
}

/** One line when something is lost, one when all is back: each attempt would be one of its own. */
function tellOutages(log: Log) {
  let lost = false
  return {
    lost(error: unknown): void {
      if (!lost) log.warn('redis.lost', { error })
      lost = true
    },
    check(links: Links): void {
      if (!lost || !links.ready()) return
      lost = false
      log.info('redis.back')
    },
  }
}

/** Who serves: nobody needs to be asked about a single server. */
function keepServing(target: RedisTarget, create: Create, events: Omit<KeepOptions, 'find'>): KeptMasters {
  if (target.kind !== 'server') return keepMasters({ find: findMasters(create, target), ...events })
  const masters = onlyOne({ host: 'server', port: 0 })
  return { now: () => masters, look() {}, close() {} }
}

function opening(target: RedisTarget, create: Create): Pick<LinksOptions, 'open' | 'verify'> {
  if (target.kind === 'server') return { open: () => openClient(create, target.url) }
  const open: LinksOptions['open'] = (place) => openClient(create, { ...place, ...target.access })
  return target.kind === 'sentinel' ? { open, verify: isMaster } : { open }
}

/** A sentinel may not have heard yet; what is written to a replica would be refused, what is said to it unheard. */
async function isMaster(client: Client): Promise<void> {
  const role = await client.sendCommand(['ROLE'])
  if (!Array.isArray(role) || role[0] !== 'master') throw new Error('this server is not the master')
}
