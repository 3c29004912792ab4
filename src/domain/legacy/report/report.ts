import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import type { Note, SourceTable } from '../rules/note.ts'
import type { Counts, Tally } from '../runs/counts.ts'
import type { Proof } from '../runs/prove.ts'

/** What a run came to, for whoever has to answer for it. */
export interface Report {
  /** Null for a dry run: there is nothing to take back. */
  run: string | null
  /** Host, port and database: no name, no password. */
  source: string
  target: string
  /** Only what had come since the run before. */
  sinceLast: boolean
  startedAt: Date
  finishedAt: Date
  /** What this command took; a run that was taken up again began before it. */
  seconds: number
  /** Lines of the history that this command brought in a second. */
  rate: number
  counts: Counts
  /** Null for a dry run: what was not written cannot be compared. */
  proof: Proof | null
  /** Every row that was not taken as it is; read once, never held together. */
  rows: AsyncIterable<Note>
}

/** What taking back a run came to. */
export interface ReturnReport {
  run: string
  target: string
  finishedAt: Date
  seconds: number
  takenBack: number
  /** Who has used this house since, and keeps everything. */
  kept: readonly string[]
  /** How many they are; `kept` may name fewer. */
  keptCount: number
}

/** Of one credit type; booked are those read without those left and known, and with those short. */
export interface CreditLine {
  /** What the old house had. */
  read: number
  /** Of those the ones that nobody got. */
  left: number
  /** Of those the ones that earlier runs had counted. */
  known: number
  /** What had gone from there since it was counted, and was not here any more to be taken. */
  short: number
  booked: number
}

/** What stands at the head of the report, as it is written down. */
export interface ReportHead {
  run: string | null
  state: 'done' | 'dry_run'
  dryRun: boolean
  sinceLast: boolean
  source: string
  target: string
  startedAt: string
  finishedAt: string
  seconds: number
  rate: number
  users: number
  additions: number
  counts: Record<SourceTable, Tally>
  credits: Record<keyof Credits, CreditLine>
  proof: (Proof & { proves: boolean }) | null
}

export function headOf({ rows: _, counts, proof, startedAt, finishedAt, ...rest }: Report): ReportHead {
  const creditLine = (type: keyof Credits): CreditLine => {
    const [read, left] = [counts.creditsRead[type], counts.creditsLeft[type]]
    const [known, short] = [counts.creditsKnown[type], counts.creditsShort[type]]
    return { read, left, known, short, booked: read - left - known + short }
  }
  return {
    ...rest,
    state: proof ? 'done' : 'dry_run',
    dryRun: proof === null,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    users: counts.users,
    additions: counts.additions,
    counts: counts.tables,
    credits: Object.fromEntries(CREDIT_TYPES.map((type) => [type, creditLine(type)])) as ReportHead['credits'],
    proof: proof && { proves: proves(proof), ...proof },
  }
}

/** All of it holds; a proof that compared nothing proves nothing. */
export function proves({ checks }: Pick<Proof, 'checks'>): boolean {
  return checks.length > 0 && checks.every(({ holds }) => holds)
}
