import type pg from 'pg'
import { isConflict, isLockTimeout, isUnavailable } from '#platform/postgres'
import { type AcceptItem, type AcceptLimits, type AcceptRow, acceptItems } from './accept-store.ts'

/** More connections make groups smaller, fewer leave the database idle while one commits (measured, performance.md). */
export const ACCEPT_CONNECTIONS = 4
const GROUP_MAX = 64
const CONFLICT_RETRIES_MAX = 3

interface Waiting {
  item: AcceptItem
  resolve(row: AcceptRow): void
  reject(error: unknown): void
}

export type Accept = (item: AcceptItem) => Promise<AcceptRow>

/**
 * Accepts messages with one commit for as many as wait: what comes in one turn of the event loop is shared out evenly
 * among the free connections, what finds none waits for the next. A group that fails as a whole is halved until
 * whatever is bad stands alone, so that one bad item fails alone. `pool` should hold ACCEPT_CONNECTIONS connections
 * of its own.
 */
export function acceptInGroups(pool: pg.Pool, limits: AcceptLimits): Accept {
  let waiting: Waiting[] = []
  let free = ACCEPT_CONNECTIONS
  let planned = false

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      plan()
    })

  /** Not at once: whoever comes in the same turn, as those do whom one answer sets free, shares the commit. */
  function plan(): void {
    if (planned || free === 0 || waiting.length === 0) return
    planned = true
    setImmediate(takeGroups)
  }

  function takeGroups(): void {
    planned = false
    while (free > 0 && waiting.length > 0) {
      const size = Math.min(GROUP_MAX, Math.ceil(waiting.length / free))
      const group = waiting.slice(0, size)
      waiting = waiting.slice(size)
      free -= 1
      void run(group.toSorted(newcomersInOrder)).finally(() => {
        free += 1
        plan()
      })
    }
  }

  async function run(group: Waiting[]): Promise<void> {
    try {
      const items = group.map(({ item }) => item)
      const rows = await acceptAgain(pool, items, limits)
      for (const [index, { resolve, reject }] of group.entries()) {
        const row = rows[index]
        if (row) resolve(row)
        else reject(new Error('accept_messages returned fewer rows than items'))
      }
    } catch (error) {
      // With the database away every item would wait for the same time-out, one after another.
      if (group.length === 1 || (isUnavailable(error) && !isConflict(error) && !isLockTimeout(error))) {
        for (const { reject } of group) reject(error)
        return
      }
      const half = Math.ceil(group.length / 2)
      await run(group.slice(0, half))
      await run(group.slice(half))
    }
  }
}

/**
 * Whoever is new waits for another process that makes the same user. Taken in one order everywhere, two groups of two
 * processes never wait for each other in a circle; nobody else waits for anybody (accept.sql).
 */
function newcomersInOrder({ item: one }: Waiting, { item: other }: Waiting): number {
  if (one.newUserId === null || other.newUserId === null) {
    return Number(one.newUserId === null) - Number(other.newUserId === null)
  }
  const [here, there] = [`${one.provider}:${one.externalId}`, `${other.provider}:${other.externalId}`]
  if (here === there) return 0
  return here < there ? -1 : 1
}

/** A deadlock or serialization failure is nobody's fault: the same statement runs again, a few times. */
async function acceptAgain(pool: pg.Pool, items: AcceptItem[], limits: AcceptLimits): Promise<AcceptRow[]> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await acceptItems(pool, items, limits)
    } catch (error) {
      if (!isConflict(error) || items.length > 1 || retry === CONFLICT_RETRIES_MAX) throw error
    }
  }
}
