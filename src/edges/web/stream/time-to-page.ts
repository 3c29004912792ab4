import type { Message } from '#contract/api'
import type { Interface } from '#contract/words'

/** Told how long a line took from its commit to an open page of another interface, by the clocks of both. */
export type Synced = (delaySeconds: number) => void

/**
 * How late a message went out to an open page, in milliseconds; null where that says nothing. What was said before the
 * page opened was not late, it was missed; and a page waits for its own interface in another way.
 */
export function delayToPage(
  { interface: place, createdAt }: Message,
  page: { interface: Interface; openedAtMs: number },
): number | null {
  if (place === page.interface) return null
  const saidAtMs = Date.parse(createdAt)
  return saidAtMs >= page.openedAtMs ? Math.max(0, Date.now() - saidAtMs) : null
}
