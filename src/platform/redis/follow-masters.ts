import type { Links, LinksOptions } from './keep-links.ts'
import type { KeepOptions, KeptMasters } from './keep-masters.ts'
import { keepSubscriptions } from './keep-subscriptions.ts'
import type { Hearing, Subscriptions } from './redis-client.ts'

export type LinksTo = (events: Pick<LinksOptions, 'up' | 'down'>) => Links

/** Who goes where the masters go. */
export interface Follower extends Pick<KeepOptions, 'looked'> {
  failed(): void
  close(): void
}

/** Subscriptions on links of their own, which go where the masters go until they are closed. */
export function followMasters(
  hearing: Hearing,
  linksTo: LinksTo,
  masters: Pick<KeptMasters, 'look'>,
  followers: Set<Follower>,
): Subscriptions {
  const { promise: firstAttempt, resolve } = Promise.withResolvers<void>()
  const links = linksTo({
    up() {
      if (links.ready()) resolve()
      subscriptions.settle()
    },
    down: () => resolve(),
  })
  const subscriptions = keepSubscriptions({ links, hearing, firstAttempt, look: masters.look })
  const follower: Follower = {
    looked({ isNew }) {
      links.follow()
      if (isNew || subscriptions.unsettled()) subscriptions.settle()
    },
    failed: resolve,
    close() {
      followers.delete(follower)
      links.close()
    },
  }
  followers.add(follower)
  links.follow()
  return { ask: subscriptions.ask, forget: subscriptions.forget, close: follower.close }
}
