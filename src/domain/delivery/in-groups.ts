import { isConflict, isLockTimeout, isUnavailable } from '#platform/postgres'

export interface Groups {
  /** Groups under way at once. */
  atOnce: number
  /** Items of one group. */
  sizeMax: number
}

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Runs items together, one statement and one commit for as many as wait: alone while there is room, in groups under
 * load. A group that fails as a whole is tried item by item, so that one bad item fails alone.
 */
export function inGroups<Item, Result>(
  { atOnce, sizeMax }: Groups,
  run: (items: Item[]) => Promise<Result[]>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let free = atOnce
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (free > 0) takeGroup()
    })

  function takeGroup(): void {
    const group = waiting.splice(0, Math.min(sizeMax, Math.ceil(waiting.length / atOnce)))
    free -= 1
    void runGroup(group).finally(() => {
      free += 1
      if (waiting.length > 0) takeGroup()
    })
  }

  async function runGroup(group: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await run(group.map(({ item }) => item))
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result)
    } catch (error) {
      // With the database away every item would wait for the same time-out, one after another.
      if (group.length === 1 || (isUnavailable(error) && !isConflict(error) && !isLockTimeout(error))) {
        for (const { reject } of group) reject(error)
        return
      }
      for (const one of group) await runGroup([one])
    }
  }
}
