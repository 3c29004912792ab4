import type pg from 'pg'
import { noCounts } from '../runs/counts.ts'
import type { Proof } from '../runs/prove.ts'
import { rowsOfRun } from '../runs/report-rows-store.ts'
import type { Run } from '../runs/run-store.ts'
import type { Report } from './report.ts'
import { writeReport } from './write-report.ts'

/**
 * Writes the report of a run that is done, with the rows that were noted of it.
 * @throws ReportError
 */
export async function reportRun(
  pool: pg.Pool,
  path: string,
  { run, proof, ...took }: { run: Run; proof: Proof } & Pick<Report, 'target' | 'finishedAt' | 'seconds' | 'rate'>,
): Promise<void> {
  const { id, source, startedAt, counts, lines } = run
  const client = await pool.connect()
  try {
    const rows = rowsOfRun(client, id)
    const head = { run: id, source, startedAt, sinceLast: lines.after !== null, counts: counts ?? noCounts() }
    await writeReport(path, { ...head, ...took, proof, rows })
  } finally {
    client.release()
  }
}
