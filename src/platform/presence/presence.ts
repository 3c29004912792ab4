/** How long one `seen` counts. Say it again at least twice in this time while somebody is there. */
export const ONLINE_TTL_MS = 45_000
/** How long one `typing` counts. */
export const TYPING_TTL_MS = 6_000

export interface PresenceTimes {
  onlineTtlMs?: number
  typingTtlMs?: number
}

/** Of one user as many places are remembered, the latest: nobody is in more at once. */
export const PLACES_MAX = 32

export interface WhoIsThere {
  /** Places seen of late, in alphabetical order. */
  online: string[]
  typing: string[]
}

/** Who is there right now, forgotten by itself. Never throws: at worst somebody seems away for a moment. */
export interface Presence {
  seen(userId: string, at: string): Promise<void>
  /** Gone from this place, typing included. */
  left(userId: string, at: string): Promise<void>
  /** Typing also counts as seen. */
  typing(userId: string, at: string): Promise<void>
  /** Has sent what was being typed; also counts as seen. */
  wrote(userId: string, at: string): Promise<void>
  /** Gone from everywhere, for good. */
  forget(userId: string): Promise<void>
  of(userId: string): Promise<WhoIsThere>
  close(): Promise<void>
}
