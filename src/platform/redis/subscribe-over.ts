import type { Links } from './keep-links.ts'
import type { Client } from './open-client.ts'
import type { Hearing } from './redis-client.ts'

export interface SubscribeOptions {
  links: Links
  hearing: Hearing
  /** A channel could not be subscribed to, or was given away by its server. */
  astray(): void
}

/** Subscribes to a channel where it belongs right now, and knows which are. */
export function subscribeOver({ links, hearing, astray }: SubscribeOptions) {
  /** On which connection a channel is confirmed. */
  const heard = new Map<string, Client>()
  const watched = new WeakSet<Client>()
  const receive = (payload: Buffer, channel: Buffer) => hearing.message(channel.toString(), payload)

  /** Whether Redis confirmed it. */
  async function subscribe(channel: string): Promise<boolean> {
    const client = links.at(channel)
    if (!client) return false
    if (isHeard(channel)) return true
    watch(client)
    try {
      await client.sSubscribe(channel, receive, true)
    } catch {
      astray()
      return false
    }
    heard.set(channel, client)
    if (!hearing.wants(channel)) forget(channel)
    return true
  }

  /** A server that gives a channel away says so. */
  function watch(client: Client): void {
    if (watched.has(client)) return
    watched.add(client)
    client.on('sharded-channel-moved', (channel: string) => {
      if (heard.get(channel) === client) heard.delete(channel)
      astray()
    })
  }

  function isHeard(channel: string): boolean {
    const client = heard.get(channel)
    return client !== undefined && client === links.at(channel)
  }

  function forget(channel: string): void {
    const client = heard.get(channel)
    heard.delete(channel)
    // One that fails was on a connection that is gone, and the subscription with it.
    client?.sUnsubscribe(channel, receive, true)?.catch(() => {})
  }

  return { subscribe, isHeard, forget }
}
