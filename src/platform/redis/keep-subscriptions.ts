import type { Links } from './keep-links.ts'
import type { Hearing, Subscriptions } from './redis-client.ts'
import { subscribeOver } from './subscribe-over.ts'

export interface SubscriptionsOptions {
  links: Links
  hearing: Hearing
  /** Resolves when it is known whether the servers are there. */
  firstAttempt: Promise<unknown>
  /** A channel was not where it was thought to be. */
  look(): void
}

export interface KeptSubscriptions extends Omit<Subscriptions, 'close'> {
  /** Subscribes to all that is not heard where it should be. With many channels that takes a while. */
  settle(): void
  /** Whether something went wrong since, that a look at who serves may mend. */
  unsettled(): boolean
}

/** Subscriptions over links; they are to be settled whenever a server came, or others serve than before. */
export function keepSubscriptions({ links, hearing, firstAttempt, look }: SubscriptionsOptions): KeptSubscriptions {
  /** Under way: not to be asked twice, and who asked tells what was missed. */
  const asking = new Set<string>()
  let unsettled = false
  const { subscribe, isHeard, forget } = subscribeOver({
    links,
    hearing,
    astray() {
      unsettled = true
      look()
    },
  })

  /** Each server by itself: one that is silent holds up nobody else's channels. */
  function settle(): void {
    unsettled = false
    const missing = Map.groupBy(hearing.wanted(), (channel) =>
      asking.has(channel) || isHeard(channel) ? undefined : links.at(channel),
    )
    missing.delete(undefined)
    for (const channels of missing.values()) void resume(channels)
  }

  async function resume(channels: string[]): Promise<void> {
    for (const channel of channels) asking.add(channel)
    const resumed = await Promise.all(channels.map(async (channel) => ((await subscribe(channel)) ? [channel] : [])))
    for (const channel of channels) asking.delete(channel)
    if (resumed.flat().length > 0) hearing.resumed(resumed.flat())
  }

  async function ask(channel: string): Promise<boolean> {
    asking.add(channel)
    await firstAttempt
    const done = await subscribe(channel)
    asking.delete(channel)
    if (!done) settle()
    return done
  }

  return { ask, forget, settle, unsettled: () => unsettled }
}
