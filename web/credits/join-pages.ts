import type { LedgerEntry } from '#contract/api'

/** Newest first. */
export interface EntryPage {
  entries: LedgerEntry[]
  hasMore: boolean
}

/** The newest page on top of what is known; alone when so much happened meanwhile that the two do not meet. */
export function joinPages(newest: EntryPage, known: EntryPage | undefined): EntryPage {
  const meets = known?.entries.findIndex(({ id }) => id === newest.entries.at(-1)?.id) ?? -1
  if (!known || meets < 0) return newest
  return { entries: [...newest.entries, ...known.entries.slice(meets + 1)], hasMore: known.hasMore }
}
