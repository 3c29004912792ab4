import type pg from 'pg'
import { isConflict, isLockTimeout, isUnavailable } from '#platform/postgres'
import { type AcceptItem, type AcceptLimits, type AcceptRow, acceptItems } from './accept-store.ts'

/** More connections add lock waits, fewer leave the database idle while one commits (measured, libraries.md). */
export const ACCEPT_CONNECTIONS = 3
const GROUP_MAX = 64
const CONFLICT_RETRIES_MAX = 3

interface Waiting {
  item: AcceptItem
  resolve(row: AcceptRow): void
  reject(error: unknown): void
}

export type Accept = (item: AcceptItem) => Promise<AcceptRow>

/**
 * Accepts messages with one commit for as many as wait: alone while there is a free connection, in groups of
 * ceil(waiting / connections) under load. A group that fails as a whole is tried item by item, so that one bad
 * item fails alone. `pool` should hold ACCEPT_CONNECTIONS connections of its own.
 */
export function acceptInGroups(pool: pg.Pool, limits: AcceptLimits): Accept {
  const waiting: Waiting[] = []
  let free = ACCEPT_CONNECTIONS

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (free > 0) takeGroup()
    })

  function takeGroup(): void {
    const size = Math.min(GROUP_MAX, Math.ceil(waiting.length / ACCEPT_CONNECTIONS))
    const group = waiting.splice(0, size)
    free -= 1
    void run(group).finally(() => {
      free += 1
      if (waiting.length > 0) takeGroup()
    })
  }

  async function run(group: Waiting[]): Promise<void> {
    try {
      const rows = await acceptAgain(
        pool,
        group.map(({ item }) => item),
        limits,
      )
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
      for (const one of group) await run([one])
    }
  }
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
