/** A map that forgets what was asked for longest ago once it holds more than `max` entries. */
export function createBoundedMap<Value>(max: number) {
  const entries = new Map<string, Value>()
  return {
    get(key: string): Value | undefined {
      const value = entries.get(key)
      if (value === undefined) return undefined
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key: string, value: Value): void {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size <= max) return
      for (const oldest of entries.keys()) {
        entries.delete(oldest)
        return
      }
    },
    /** Takes away every entry whose key (and value) this is true of. */
    forget(isGone: (key: string, value: Value) => boolean): void {
      for (const [key, value] of entries) if (isGone(key, value)) entries.delete(key)
    },
    get size(): number {
      return entries.size
    },
  }
}
