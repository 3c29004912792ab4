export interface KeptTexts {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

/**
 * Storage that never throws: in a cross-site frame the browser throws on the mere access to `sessionStorage`,
 * and a full or forbidden storage throws on write. What cannot be kept lives in memory until the page closes.
 */
export function guardStorage(open: () => Storage): KeptTexts {
  const memory = new Map<string, string>()
  const attempt = <T>(deed: (storage: Storage) => T): T | undefined => {
    try {
      return deed(open())
    } catch {
      return undefined
    }
  }
  return {
    get: (key) => attempt((storage) => storage.getItem(key)) ?? memory.get(key) ?? null,
    set: (key, value) => {
      memory.set(key, value)
      attempt((storage) => storage.setItem(key, value))
    },
    remove: (key) => {
      memory.delete(key)
      attempt((storage) => storage.removeItem(key))
    },
  }
}

/** Lives as long as the tab: what belongs to this visit only. */
export const visitStorage = guardStorage(() => window.sessionStorage)

/** Lives as long as the browser profile: drafts, the last language. */
export const lastingStorage = guardStorage(() => window.localStorage)
