import { tooManyRequests } from './refusal.ts'

/** Drafts and chat actions share these windows per chat (core.telegram.org/api/bots/ai). */
const WINDOWS = [
  { calls: 20, ms: 5_000 },
  { calls: 40, ms: 30_000 },
] as const
const LONGEST_WINDOW_MS = 30_000

/** Counts calls per chat; `spend` throws 429 with the wait in whole seconds and then counts nothing. */
export function createBuckets(now: () => number) {
  const spent = new Map<number, number[]>()

  function spend(chatId: number) {
    const nowMs = now()
    const times = (spent.get(chatId) ?? []).filter((ms) => ms > nowMs - LONGEST_WINDOW_MS)
    spent.set(chatId, times)
    for (const window of WINDOWS) {
      const oldest = times.at(-window.calls)
      if (oldest === undefined || oldest <= nowMs - window.ms) continue
      throw tooManyRequests(Math.max(1, Math.ceil((oldest + window.ms - nowMs) / 1000)))
    }
    times.push(nowMs)
  }

  return { spend, clear: () => spent.clear() }
}
