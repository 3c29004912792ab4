import type { Clock } from '#platform/clock'
import { ONLINE_TTL_MS, type Presence, type PresenceTimes, TYPING_TTL_MS } from './presence.ts'

const SWEEP_EVERY_CALLS = 1_000

/** Interface → when it is forgotten, in the clock's monotonic milliseconds. */
type Expiries = Map<string, number>

interface Signs {
  online: Expiries
  typing: Expiries
}

/** Presence within one process. */
export function createLocalPresence({ clock, ...times }: { clock: Clock } & PresenceTimes): Presence {
  const { onlineTtlMs = ONLINE_TTL_MS, typingTtlMs = TYPING_TTL_MS } = times
  const users = new Map<string, Signs>()
  let calls = 0

  function signsOf(userId: string): Signs {
    calls += 1
    if (calls % SWEEP_EVERY_CALLS === 0) sweep()
    const signs = users.get(userId) ?? { online: new Map(), typing: new Map() }
    users.set(userId, signs)
    return signs
  }

  /** Without this, everybody who was ever here would be kept. */
  function sweep(): void {
    for (const [userId, { online, typing }] of users) {
      if (current(online).length + current(typing).length === 0) users.delete(userId)
    }
  }

  function current(expiries: Expiries | undefined): string[] {
    const nowMs = clock.monotonicMs()
    return [...(expiries ?? [])].flatMap(([at, expiresAtMs]) => (expiresAtMs > nowMs ? [at] : [])).sort()
  }

  async function seen(userId: string, at: string): Promise<void> {
    signsOf(userId).online.set(at, clock.monotonicMs() + onlineTtlMs)
  }

  return {
    seen,
    async left(userId, at) {
      users.get(userId)?.online.delete(at)
      users.get(userId)?.typing.delete(at)
    },
    async typing(userId, at) {
      await seen(userId, at)
      signsOf(userId).typing.set(at, clock.monotonicMs() + typingTtlMs)
    },
    async of(userId) {
      const signs = users.get(userId)
      return { online: current(signs?.online), typing: current(signs?.typing) }
    },
    async close() {
      users.clear()
    },
  }
}
