import type { createClient } from 'redis'
import type { Access, Place } from './parse-redis-url.ts'

const CONNECT_TIMEOUT_MS = 2_000
const PING_INTERVAL_MS = 5_000
/** A server that answers no ping is gone, even if nobody closed the connection. */
const SILENCE_TIMEOUT_MS = 15_000
const QUEUE_MAX_COMMANDS = 10_000

/** One connection to one server. */
export type Client = ReturnType<typeof createOne>
export type Create = typeof createClient

/**
 * A connection that is not open yet and ends for good when it is lost: what it was asked to do is then rejected. It
 * never queues while it is not ready.
 */
export function openClient(create: Create, where: string | (Place & Access)): Client {
  if (typeof where === 'string') return createOne(create, { url: where })
  const { host, port, tls, ...user } = where
  return createOne(create, { ...user, socket: { host, port, ...(tls && { tls }) } })
}

type Where = Pick<NonNullable<Parameters<Create>[0]>, 'url' | 'username' | 'password' | 'socket'>

function createOne(create: Create, { socket, ...where }: Where) {
  return create({
    ...where,
    disableOfflineQueue: true,
    commandsQueueMaxLength: QUEUE_MAX_COMMANDS,
    // A timer for each command costs more than the command; silence ends the connection, and callers do not wait.
    commandOptions: { timeout: 0 },
    pingInterval: PING_INTERVAL_MS,
    maintNotifications: 'disabled',
    disableClientInfo: true,
    socket: {
      ...socket,
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      reconnectStrategy: false,
    },
  })
}
