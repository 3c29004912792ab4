import type { createClient } from 'redis'
import type { Log } from '#platform/log'

const CONNECT_TIMEOUT_MS = 2_000
const RECONNECT_BASE_MS = 50
const RECONNECT_MAX_MS = 1_000
const PING_INTERVAL_MS = 5_000
/** A server that answers no ping is gone, even if nobody closed the connection. */
const SILENCE_TIMEOUT_MS = 15_000
const QUEUE_MAX_COMMANDS = 10_000

export type RedisClient = ReturnType<typeof createRedisClient>

/**
 * A client that connects in the background and keeps trying. While Redis is away every command rejects at once instead
 * of queueing. The caller ends it with `destroy()`, which rejects what is still under way.
 * The package is loaded here: it is a third of all the modules of a process, and most have no Redis.
 */
export async function connectRedis({ url, log }: { url: string; log: Log }): Promise<RedisClient> {
  const redis = await import('redis')
  return open(createRedisClient(redis.createClient, url), log)
}

/** Another connection to the same server, for subscriptions. */
export function connectRedisAgain(redis: RedisClient, log: Log): RedisClient {
  return open(redis.duplicate(), log)
}

function createRedisClient(create: typeof createClient, url: string) {
  return create({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: QUEUE_MAX_COMMANDS,
    pingInterval: PING_INTERVAL_MS,
    maintNotifications: 'disabled',
    disableClientInfo: true,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      reconnectStrategy: (retries) =>
        Math.min(RECONNECT_BASE_MS * 2 ** retries, RECONNECT_MAX_MS) * (0.5 + Math.random() / 2),
    },
  })
}

function open(client: RedisClient, log: Log): RedisClient {
  let up: boolean | undefined
  client.on('ready', () => {
    if (up === false) log.info('redis.back')
    up = true
  })
  // Every attempt fails with an event of its own; one line per outage is enough.
  client.on('error', (error) => {
    if (up !== false) log.warn('redis.lost', { error })
    up = false
  })
  client.connect().catch(() => {})
  return client
}
