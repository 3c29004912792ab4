/** How long one `seen` counts. Say it again at least twice in this time while somebody is there. */
export const ONLINE_TTL_MS = 45_000
/** How long one `typing` counts. */
export const TYPING_TTL_MS = 6_000

export interface PresenceTimes {
  onlineTtlMs?: number
  typingTtlMs?: number
}

export interface WhoIsThere {
  /** Interfaces seen of late, in alphabetical order. */
  online: string[]
  typing: string[]
}

/** Who is there right now, forgotten by itself. Never throws: at worst somebody seems away for a moment. */
export interface Presence {
  seen(userId: string, at: string): Promise<void>
  /** Gone from this interface, typing included. Who is there twice (two pages) is seen again at the next sign of life. */
  left(userId: string, at: string): Promise<void>
  /** Typing also counts as seen. */
  typing(userId: string, at: string): Promise<void>
  of(userId: string): Promise<WhoIsThere>
  close(): Promise<void>
}
