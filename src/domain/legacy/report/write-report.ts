import type { Note } from '../rules/note.ts'
import { Reasons } from './reasons.ts'
import { headOf, type Report, type ReportHead, type ReturnReport } from './report.ts'
import { pagePath, writeBeside } from './report-files.ts'
import { reportPage } from './report-page.ts'
import { returnPage } from './return-page.ts'

const INDENT_SPACES = 2

/**
 * Writes the report as JSON to `path`, and a page to read beside it. The rows go from where they come to the disk, so
 * that there may be millions. The JSON comes into its place last: when it is there, all of it is.
 * @throws ReportError, and what the rows throw; what was there before stays then
 */
export async function writeReport(path: string, report: Report): Promise<void> {
  const head = headOf(report)
  const reasons = new Reasons()
  await writeBoth(path, withRows(head, report.rows, reasons), () => reportPage(head, reasons.lines()))
}

/** The same of taking back a run. @throws ReportError */
export async function writeReturnReport(path: string, { finishedAt, ...report }: ReturnReport): Promise<void> {
  const told = { ...report, state: 'rolled_back', finishedAt: finishedAt.toISOString() }
  await writeBoth(path, [`${asJson({ ...told, rows: [] })}\n`], () => returnPage({ finishedAt, ...report }))
}

async function writeBoth(
  path: string,
  json: Iterable<string> | AsyncIterable<string>,
  page: () => string,
): Promise<void> {
  const whole = await writeBeside(path, json)
  try {
    const beside = await writeBeside(pagePath(path), [page()])
    try {
      await beside.place()
      await whole.place()
    } finally {
      await beside.discard()
    }
  } finally {
    await whole.discard()
  }
}

/** The head, then the rows, each on a line of its own, then how often there was each reason. */
async function* withRows(head: ReportHead, rows: AsyncIterable<Note>, reasons: Reasons): AsyncGenerator<string> {
  yield `${asJson(head).slice(0, -'\n}'.length)},\n  "rows": [`
  let between = '\n'
  for await (const { table, key, outcome, reason } of rows) {
    reasons.add({ table, key, outcome, reason })
    yield `${between}    ${JSON.stringify({ table, key, outcome, reason })}`
    between = ',\n'
  }
  yield `\n  ],\n  "reasons": [`
  yield reasons
    .counts()
    .map((count) => `\n    ${JSON.stringify(count)}`)
    .join(',')
  yield '\n  ]\n}\n'
}

/** A number that JSON's readers would round is written as text. */
function asJson(value: object): string {
  return JSON.stringify(
    value,
    (_, part: unknown) => (Number.isInteger(part) && !Number.isSafeInteger(part) ? String(part) : part),
    INDENT_SPACES,
  )
}
