import { useEffect, useRef, useState } from 'react'
import type { LedgerEntry, Me } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useCache, useKnown } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { type EntryPage, joinPages } from './join-pages.ts'
import { readEntries } from './queries.ts'

const KEY = 'credit-entries'

interface Entries {
  /** Undefined until the first page is here. */
  entries: LedgerEntry[] | undefined
  hasMore: boolean
  /** Older ones are on their way. */
  busy: boolean
  /** The last question was not answered. */
  failed: boolean
  more(): void
  again(): void
}

/** The history of the balance, page by page; every change of the balance brings the newest. */
export function useEntries({ credits, debt }: Me): Entries {
  const api = useApi()
  const cache = useCache()
  const newest = useKnown<EntryPage>({ key: KEY, ask: () => readEntries(api) })
  const [known, setKnown] = useState(newest.data)
  const older = useAction((before: string) => readEntries(api, before), {
    onDone: (page) => setKnown((now) => now && { ...page, entries: [...now.entries, ...page.entries] }),
  })
  const { data } = newest
  useEffect(() => {
    if (data) setKnown((now) => joinPages(data, now))
  }, [data])

  const balance = [...Object.values(credits), ...Object.values(debt)].join()
  const seen = useRef('')
  useEffect(() => {
    if (seen.current === balance) return
    const opening = seen.current === ''
    seen.current = balance
    // What is asked while the page opens is new enough; what was asked before a change is not.
    if (opening && cache.of(KEY).get().asking) return
    void cache.renew({ key: KEY, ask: () => readEntries(api) })
  }, [api, cache, balance])
  return {
    entries: known?.entries,
    hasMore: known?.hasMore ?? false,
    busy: older.busy,
    failed: newest.error !== null || older.error !== null,
    more() {
      const last = known?.entries.at(-1)
      if (last) older.run(last.id)
    },
    again: newest.again,
  }
}
