/**
 * In a cross-site frame the mere access to `sessionStorage` throws, and the Telegram SDK does not expect that: a store
 * in memory takes its place before the SDK is loaded.
 */
export function standInForStorage(): void {
  try {
    window.sessionStorage.getItem('')
  } catch {
    Object.defineProperty(window, 'sessionStorage', { configurable: true, value: memoryStorage() })
  }
}

function memoryStorage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}
