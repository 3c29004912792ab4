/** What is told of a run: figures, and what should not have been. */
export interface Court {
  counts: Record<string, Record<string, number>>
  findings: string[]
  count(kind: string, what: string, by?: number): void
  /** `headline` is the same for all of a kind; `details` tell the case. */
  find(headline: string, ...details: unknown[]): void
}

export function openCourt(): Court {
  const counts: Court['counts'] = {}
  const findings: string[] = []
  return {
    counts,
    findings,
    count(kind, what, by = 1) {
      counts[kind] ??= {}
      counts[kind][what] = (counts[kind][what] ?? 0) + by
    },
    find(headline, ...details) {
      findings.push([headline, ...details.map((each) => JSON.stringify(each))].join('\n'))
    },
  }
}
