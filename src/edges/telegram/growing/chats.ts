import type { Clock } from '#platform/clock'
import { type Bucket, createBucket } from './bucket.ts'

/** What a chat's bucket remembers at the longest, and with it all that is worth keeping of a chat that took everything. */
const FORGOTTEN_AFTER_MS = 30_000
/** More chats than can be answered in that time; beyond, the one that was answered longest ago is forgotten. */
const CHATS_MAX = 20_000
/** How long a chat that refused a draft is not asked again. */
const NO_DRAFTS_FOR_MS = 600_000

/** What this process knows of a chat from one reply to the next. */
export interface Chat {
  bucket: Bucket
  /** When it was last written to, or about to be. */
  usedMs: number
  /** Until then nothing that may be left out is sent. */
  quietUntilMs: number
  noDraftsUntilMs: number
}

export interface Chats {
  at(address: string): Chat
  takesDrafts(chat: Chat): boolean
  /** This chat takes no drafts, for a while. */
  refuseDrafts(chat: Chat): void
  /** Whoever answers for Telegram knows of no drafts. */
  forgetDrafts(): void
}

/** The chats of this process. Of those that have been silent nothing is kept. */
export function createChats(clock: Clock): Chats {
  const chats = new Map<string, Chat>()
  let knowsDrafts = true
  return {
    at(address) {
      const nowMs = clock.monotonicMs()
      const chat = chats.get(address) ?? { bucket: createBucket(), usedMs: 0, quietUntilMs: 0, noDraftsUntilMs: 0 }
      chat.usedMs = nowMs
      // Put in anew, it is the last one: the first is the one that was answered longest ago.
      chats.delete(address)
      chats.set(address, chat)
      forgetSilent(nowMs)
      return chat
    },
    takesDrafts: ({ noDraftsUntilMs }) => knowsDrafts && clock.monotonicMs() >= noDraftsUntilMs,
    refuseDrafts(chat) {
      chat.noDraftsUntilMs = clock.monotonicMs() + NO_DRAFTS_FOR_MS
    },
    forgetDrafts() {
      knowsDrafts = false
    },
  }

  function forgetSilent(nowMs: number): void {
    for (const [address, { usedMs, quietUntilMs, noDraftsUntilMs }] of chats) {
      const keptUntilMs = Math.max(usedMs + FORGOTTEN_AFTER_MS, quietUntilMs, noDraftsUntilMs)
      if (keptUntilMs > nowMs && chats.size <= CHATS_MAX) return
      chats.delete(address)
    }
  }
}
