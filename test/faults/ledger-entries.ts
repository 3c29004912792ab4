/** The answer of `GET /api/credits/entries`, as far as the tests read it. */
export interface LedgerEntries {
  entries: { type: string; amount: number; reason: string }[]
}
