import { personaIdsOf } from '#domain/conversations'
import { listReports, type Report } from '#domain/replies'
import type { Executor } from '#platform/postgres'

export interface Reported extends Omit<Report, 'conversationId'> {
  personaId: string | null
}

/** Exchanges that people reported, newest first, with whom and when and without a word of them. */
export async function listReported(
  db: Executor,
  page: { before: string | null; limit: number },
): Promise<{ reports: Reported[]; hasMore: boolean }> {
  const found = await listReports(db, { ...page, limit: page.limit + 1 })
  const reports: Reported[] = []
  for (const { conversationId, ...report } of found.slice(0, page.limit)) {
    const personas = conversationId === null ? null : await personaIdsOf(db, report.userId, [conversationId])
    reports.push({ ...report, personaId: personas?.get(conversationId ?? '') ?? null })
  }
  return { reports, hasMore: found.length > page.limit }
}
