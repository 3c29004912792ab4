/** What changed, for whoever watches: the page, and tests that wait. Carries no content, only where to look. */
export type Signal =
  | { kind: 'people' }
  | { kind: 'chat'; personId: number }
  | { kind: 'callback'; personId: number; queryId: string }
  | { kind: 'settings' }
  | { kind: 'call' }

export type Signals = { emit(signal: Signal): void; listen(listener: (signal: Signal) => void): () => void }

export function createSignals(): Signals {
  const listeners = new Set<(signal: Signal) => void>()
  return {
    emit(signal) {
      for (const listener of listeners) listener(signal)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
