import type { CreditType } from '#contract/words'
import type { Api } from '../api/create-api.ts'

const PAGE_ENTRIES = 50

/** One change of what is available, as the ledger tells it. */
export interface CreditEntry {
  id: string
  type: CreditType
  amount: number
  reason: string
  createdAt: string
}

/** Newest first. */
export interface EntryPage {
  entries: CreditEntry[]
  hasMore: boolean
}

/** The newest entries, or those before the one given. */
export function readEntries(api: Api, before?: string): Promise<EntryPage> {
  return api.call('GET', `/api/credits/entries?limit=${PAGE_ENTRIES}${before ? `&before=${before}` : ''}`)
}

/** The newest page on top of what is known; alone when so much happened meanwhile that the two do not meet. */
export function joinPages(newest: EntryPage, known: EntryPage | undefined): EntryPage {
  const meets = known?.entries.findIndex(({ id }) => id === newest.entries.at(-1)?.id) ?? -1
  if (!known || meets < 0) return newest
  return { entries: [...newest.entries, ...known.entries.slice(meets + 1)], hasMore: known.hasMore }
}
