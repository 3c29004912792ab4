import type { Clock } from '#platform/clock'
import type { Log } from '#platform/log'
import type { Metrics } from '#platform/metrics'
import { type Audited, auditAll } from './audit-all.ts'

const DAY_MS = 86_400_000

interface AuditDeps extends Audited {
  clock: Clock
  metrics: Metrics
  log: Log
}

/** Looks at the books when it is called and a day has passed since it last did; operators see how many rows are wrong. */
export function auditDaily({ clock, metrics, log, ...audited }: AuditDeps): (signal: AbortSignal) => Promise<void> {
  let last: { atMs: number; found: number } | undefined
  metrics.gauge({
    name: 'vitte_audit_findings',
    help: 'Rows that break an invariant, as this process last counted them; missing until it has',
    read() {
      if (!last) throw new Error('nobody has looked yet')
      return last.found
    },
  })
  return async (signal) => {
    const atMs = clock.monotonicMs()
    if (last && atMs - last.atMs < DAY_MS) return
    const found = await auditAll(audited, () => {}, signal)
    last = { atMs, found }
    if (found > 0) log.error('audit.findings', { count: found })
  }
}
