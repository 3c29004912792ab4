import type { Clock } from '#platform/clock'
import { ONLINE_TTL_MS, PLACES_MAX, type Presence, type PresenceTimes, TYPING_TTL_MS } from './presence.ts'

const SWEEP_EVERY_CALLS = 1_000

/** One place, with the end of each sign in the clock's monotonic milliseconds. */
interface Sign {
  at: string
  onlineUntilMs: number
  typingUntilMs: number
}

/** Presence within one process. */
export function createLocalPresence({ clock, ...times }: { clock: Clock } & PresenceTimes): Presence {
  const { onlineTtlMs = ONLINE_TTL_MS, typingTtlMs = TYPING_TTL_MS } = times
  /** The latest sign of each user stands last. */
  const users = new Map<string, Sign[]>()
  let calls = 0

  /** Notes one more sign; of too many places the one goes that was silent for longest. */
  function note(userId: string, at: string, typingUntilMs: number): void {
    calls += 1
    if (calls % SWEEP_EVERY_CALLS === 0) sweep()
    const nowMs = clock.monotonicMs()
    const others = users.get(userId)?.filter((sign) => sign.at !== at && sign.onlineUntilMs > nowMs) ?? []
    users.set(userId, [...others.slice(1 - PLACES_MAX), { at, onlineUntilMs: nowMs + onlineTtlMs, typingUntilMs }])
  }

  /** Without this, everybody who was ever here would be kept. */
  function sweep(): void {
    const nowMs = clock.monotonicMs()
    for (const [userId, signs] of users) if (signs.every((sign) => sign.onlineUntilMs <= nowMs)) users.delete(userId)
  }

  return {
    async seen(userId, at) {
      const known = users.get(userId)?.find((sign) => sign.at === at)
      note(userId, at, known?.typingUntilMs ?? 0)
    },
    async left(userId, at) {
      const others = users.get(userId)?.filter((sign) => sign.at !== at) ?? []
      if (others.length > 0) users.set(userId, others)
      else users.delete(userId)
    },
    typing: async (userId, at) => note(userId, at, clock.monotonicMs() + typingTtlMs),
    wrote: async (userId, at) => note(userId, at, 0),
    async forget(userId) {
      users.delete(userId)
    },
    async of(userId) {
      const nowMs = clock.monotonicMs()
      const online = users.get(userId)?.filter((sign) => sign.onlineUntilMs > nowMs) ?? []
      const names = (signs: Sign[]) => signs.map((sign) => sign.at).sort()
      return { online: names(online), typing: names(online.filter((sign) => sign.typingUntilMs > nowMs)) }
    },
    async close() {
      users.clear()
    },
  }
}
