import type { Log } from '#platform/log'
import { type Bus, GAP } from './bus.ts'
import type { RedisClient } from './connect-redis.ts'
import type { Topics } from './topics.ts'

export interface Listening {
  /** Resolves to true once Redis confirms, to false when it is away: the topic is then asked for when it is back. */
  ask(topics: string[]): Promise<boolean>
  /** Ends the subscription of a topic to which nobody listens any more. */
  forget(topic: string): void
}

/** Keeps one subscription per topic that has subscribers here, through reconnects, on a connection of its own. */
export function listenOverRedis(connection: RedisClient, bus: Bus, topics: Topics, log: Log): Listening {
  /** The client itself asks for these again on each new connection. */
  const asked = new Set<string>()
  /** The first attempt is worth waiting for; afterwards a connection that is away is simply away. */
  const firstAttempt = new Promise((resolve) => connection.once('ready', resolve).once('error', resolve))
  connection.on('ready', () => void catchUp())
  return { ask, forget }

  async function ask(names: string[]): Promise<boolean> {
    await firstAttempt
    if (!connection.isReady) return false
    for (const name of names) asked.add(name)
    return succeeds(connection.sSubscribe(names.map(bus.channelOf), receive, true))
  }

  function forget(topic: string): void {
    if (!connection.isReady || !asked.delete(topic)) return
    succeeds(connection.sUnsubscribe(bus.channelOf(topic), receive, true)).then((done) => done || asked.add(topic))
  }

  async function catchUp(): Promise<void> {
    for (const topic of asked) if (!topics.has(topic)) forget(topic)
    const wanted = topics.names()
    if (wanted.length > 0 && (await ask(wanted))) topics.gap(wanted)
  }

  function receive(payload: Buffer, channel: Buffer): void {
    const topic = bus.topicOf(channel)
    const unpacked = bus.unpack(topic, payload)
    if (!unpacked) log.warn('live.unreadable')
    else if (unpacked.own) return
    else if (unpacked.text === GAP) topics.gap([topic])
    else topics.deliver(topic, unpacked.text)
  }
}

function succeeds(command: Promise<unknown>): Promise<boolean> {
  return command.then(
    () => true,
    () => false,
  )
}
