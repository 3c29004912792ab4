/** Which updates were given to us and may not be confirmed to Telegram yet, by their ids. */
export function createUpdateWindow() {
  const open = new Set<number>()
  /** Done, but behind one that is not: Telegram will give them once more. */
  const settled = new Set<number>()

  return {
    /** False for one that is known already. */
    open(id: number): boolean {
      if (open.has(id) || settled.has(id)) return false
      open.add(id)
      return true
    },
    settle(id: number): void {
      open.delete(id)
      settled.add(id)
    },
    isEmpty: () => open.size === 0,
    /** Everything below this is settled, given that the updates before `next` have been seen. */
    offset(next: number): number {
      const offset = Math.min(next, ...open)
      for (const id of settled) if (id < offset) settled.delete(id)
      return offset
    },
  }
}
