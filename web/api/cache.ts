import { createStore, type Store } from '../shell/store.ts'
import { ApiError } from './api-error.ts'

const RETRIES_MAX = 2
const RETRY_AFTER_MS = 700

/** One thing that the server was asked for: its last answer stays while it is asked again. */
export interface Known<T> {
  data: T | undefined
  error: unknown
  asking: boolean
}

export interface Query<T> {
  key: string
  ask(): Promise<T>
}

/**
 * The answers that several parts of the page share. The event stream keeps them fresh, so this is all it has to do:
 * ask once for many, ask again on demand, be changed by events. (A general library for this weighs 11 KiB gz.)
 */
export interface Cache {
  of<T>(key: string): Store<Known<T>>
  /** Asks unless an answer is there or on its way. */
  want<T>(query: Query<T>): void
  /** Asks again, and tells when the new answer is there. Never rejects: the error is in the store. */
  renew<T>(query: Query<T>): Promise<void>
  /** Asks everything again that was ever wanted, or these keys only. */
  renewAll(...keys: string[]): Promise<void>
  change<T>(key: string, change: (data: T) => T): void
  set<T>(key: string, data: T): void
}

export function createCache(pause: (ms: number) => Promise<void> = wait): Cache {
  const stores = new Map<string, Store<Known<unknown>>>()
  const queries = new Map<string, Query<unknown>>()
  const running = new Map<string, symbol>()

  const of = <T>(key: string): Store<Known<T>> => {
    const store = stores.get(key) ?? createStore<Known<unknown>>({ data: undefined, error: null, asking: false })
    stores.set(key, store)
    return store as Store<Known<T>>
  }
  const renew = async <T>(query: Query<T>) => {
    const store = of<T>(query.key)
    // Only the newest question may answer: an older, slower one would bring back what was.
    const mine = Symbol(query.key)
    running.set(query.key, mine)
    queries.set(query.key, query as Query<unknown>)
    store.set((now) => ({ ...now, asking: true }))
    const outcome = await askPatiently(query, pause).then(
      (data) => ({ data, error: null }),
      (error: unknown) => ({ error }),
    )
    if (running.get(query.key) !== mine) return
    running.delete(query.key)
    store.set((now) => ({ ...now, ...outcome, asking: false }))
  }
  return {
    of,
    renew,
    want(query) {
      const { data, asking, error } = of(query.key).get()
      if (data === undefined && !asking && !error) void renew(query)
    },
    async renewAll(...keys) {
      const chosen = [...queries.values()].filter(({ key }) => keys.length === 0 || keys.includes(key))
      await Promise.all(chosen.map(renew))
    },
    change<T>(key: string, change: (data: T) => T) {
      of<T>(key).set((now) => (now.data === undefined ? now : { ...now, data: change(now.data) }))
      // What was asked before this change would bring back what was.
      const query = running.has(key) && queries.get(key)
      if (query) void renew(query)
    },
    set<T>(key: string, data: T) {
      running.delete(key)
      of<T>(key).set({ data, error: null, asking: false })
    },
  }
}

/** Only what may simply be asked again is asked again: silence, and a dependency that is down. */
async function askPatiently<T>(query: Query<T>, pause: (ms: number) => Promise<void>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await query.ask()
    } catch (error) {
      if (attempt >= RETRIES_MAX || !(error instanceof ApiError) || !error.unreachable) throw error
      await pause(RETRY_AFTER_MS * (attempt + 1))
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
