import type { Message } from '#contract/api'
import type { Interface } from '#contract/words'

/** Told how long a line took from its commit to an open page of another interface, by the clocks of both. */
export type Synced = (delaySeconds: number) => void

/**
 * Times each message that is written to a page which opens now. What was said before was not late, it was missed; and a
 * page waits for its own interface in another way.
 */
export function timeToPage(page: Interface, synced: Synced = () => {}): (message: Message) => void {
  const openedAtMs = Date.now()
  return ({ interface: place, createdAt }) => {
    const saidAtMs = Date.parse(createdAt)
    if (place !== page && saidAtMs >= openedAtMs) synced(Math.max(0, Date.now() - saidAtMs) / 1000)
  }
}
