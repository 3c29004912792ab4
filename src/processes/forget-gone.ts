import type { KeyRing } from '#domain/identity'
import type { Live, Unsubscribe } from '#platform/live'

/** What every process hears when users were forgotten. */
export const GONE_TOPIC = 'users:gone'

/** Lets go of the keys, and of whatever else this process keeps of them; of all when something may have been missed. */
export function forgetGone(live: Live, keys: Pick<KeyRing, 'forget'>): Promise<Unsubscribe> {
  return live.subscribe(GONE_TOPIC, {
    event: (event) => keys.forget((event as { userIds: string[] }).userIds),
    gap: () => keys.forget(null),
  })
}
