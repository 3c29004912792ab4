import { CREDIT_TYPES } from '#contract/words'
import type { SourceTable } from '../rules/note.ts'
import type { Tally } from '../runs/counts.ts'
import type { Check } from '../runs/prove.ts'
import {
  type Cell,
  duration,
  html,
  listOf,
  type Markup,
  moment,
  pageOf,
  people,
  tableOf,
  type Verdict,
} from './page-frame.ts'
import { OUTCOME_WORDS, REASON_WORDS } from './reason-words.ts'
import type { ReasonLine } from './reasons.ts'
import type { CreditLine, ReportHead } from './report.ts'

/** So many people of whom something differs are named; the JSON names more. */
const DIFFERING_SHOWN_MAX = 20

const TABLES: readonly SourceTable[] = ['profiles', 'chat_messages', 'user_credits']

/** The report for whoever does not read JSON: whether it proves, what was moved, and what was done with the rest. */
export function reportPage(head: ReportHead, reasons: readonly ReasonLine[]): string {
  return pageOf(verdictOf(head), [
    wayOf(head),
    rowsPart(head),
    creditsPart(head),
    checksPart(head),
    reasonsPart(head, reasons),
    backPart(head),
  ])
}

function verdictOf({ proof }: ReportHead): Verdict {
  if (!proof) {
    return { mood: 'open', words: 'Dry run', sentence: 'Every row was looked at with all rules. Nothing was written.' }
  }
  if (proof.proves) {
    return {
      mood: 'good',
      words: 'Proven',
      sentence: 'Every row is accounted for, and what was read in the old house is what lies here.',
    }
  }
  const failing = proof.checks.filter(({ holds }) => !holds).length
  const sentence = `${failing} of ${proof.checks.length} checks ${failing === 1 ? 'does' : 'do'} not hold. Keep the old system running, and keep this report.`
  return { mood: 'bad', words: 'Not proven', sentence }
}

function wayOf({ run, source, target, sinceLast, startedAt, finishedAt, seconds, rate }: ReportHead): Markup {
  return listOf([
    ['From', source],
    ['To', target],
    ...(run ? [['Run', html`<code>${run}</code>`] as const] : []),
    ['What', sinceLast ? 'what had come since the run before' : 'everything'],
    ['Begun', moment(startedAt)],
    ['Done', moment(finishedAt)],
    ['This took', html`${duration(seconds)}, ${Math.round(rate)} messages a second`],
  ])
}

function rowsPart({ counts, users, additions, proof }: ReportHead): Markup {
  const rows = ([name, of]: readonly [string, keyof Tally]) =>
    rowOf(
      name,
      TABLES.map((table) => counts[table][of]),
    )
  const columns: Cell[] = [{ content: 'Rows' }, ...TABLES.map((content): Cell => ({ content, kind: 'figure' }))]
  return html`<h2>What was moved</h2>
${tableOf(
  'Rows of each table',
  columns,
  ROW_LINES.flatMap((line) => rows(line)),
)}
<p>${people(users)} ${proof ? 'came' : 'would come'} of it${additions > 0 ? html`; to ${additions} who were here already something was added` : null}.</p>
`
}

const ROW_LINES: readonly (readonly [string, keyof Tally])[] = [
  ['read', 'read'],
  ['taken', 'taken'],
  ['brought by an earlier run', 'known'],
  ['merged', 'merged'],
  ['left out', 'rejected'],
  ['repaired, of those taken or merged', 'repaired'],
]

function creditsPart({ credits }: ReportHead): Markup {
  const rows = ([name, of]: readonly [string, keyof CreditLine]) =>
    rowOf(
      name,
      CREDIT_TYPES.map((type) => credits[type][of]),
    )
  const columns: Cell[] = [
    { content: 'Credits' },
    ...CREDIT_TYPES.map((content): Cell => ({ content, kind: 'figure' })),
  ]
  return html`<h2>Credits</h2>
${tableOf(
  'Credits before and after',
  columns,
  CREDIT_LINES.flatMap((line) => rows(line)),
)}`
}

const CREDIT_LINES: readonly (readonly [string, keyof CreditLine])[] = [
  ['before, in the old house', 'read'],
  ['nobody’s, or less than nothing', 'left'],
  ['counted by an earlier run', 'known'],
  ['gone there, and spent here before', 'short'],
  ['after, booked here', 'booked'],
]

/** What never came about is not told, unless somebody would look for it. */
const TOLD_AT_NOTHING = new Set(['read', 'taken', 'left out', 'before, in the old house', 'after, booked here'])

function rowOf(name: string, figures: readonly number[]): Cell[][] {
  if (!TOLD_AT_NOTHING.has(name) && figures.every((figure) => figure === 0)) return []
  return [[{ content: name, kind: 'heading' }, ...figures.map((content): Cell => ({ content, kind: 'figure' }))]]
}

function checksPart({ proof }: ReportHead): Markup | null {
  if (!proof) return null
  const columns: Cell[] = [
    { content: 'What must be the same' },
    { content: 'read', kind: 'figure' },
    { content: 'here', kind: 'figure' },
    { content: 'holds', kind: 'verdict' },
  ]
  return html`<h2>The proof</h2>
${tableOf('Checks', columns, proof.checks.map(checkRow))}
${proof.differing.length === 0 ? null : differingPart(proof.differing)}`
}

function checkRow({ what, source, target, holds }: Check): Cell[] {
  return [
    { content: what, kind: 'heading' },
    { content: source, kind: 'figure' },
    { content: target, kind: 'figure' },
    { content: holds ? html`✓ yes` : html`<span class="fails">✕ no</span>`, kind: 'verdict' },
  ]
}

function differingPart(differing: readonly string[]): Markup {
  const shown = differing.slice(0, DIFFERING_SHOWN_MAX)
  return html`<h2>People whose history differs</h2>
<p>${shown.length < differing.length ? html`The first ${shown.length}; the JSON names more.` : null}</p>
<ul class="keys">${shown.map((userId) => html`<li>${userId}</li>`)}</ul>
`
}

function reasonsPart({ proof }: ReportHead, reasons: readonly ReasonLine[]): Markup {
  if (reasons.length === 0) {
    return html`<h2>What was not taken as it stands</h2>
<p>Nothing: every row ${proof ? 'was' : 'would be'} taken as it is.</p>
`
  }
  const columns: Cell[] = [{ content: 'Reason' }, { content: 'Rows', kind: 'figure' }]
  return html`<h2>What was not taken as it stands</h2>
<p>A row may have more than one reason. All keys stand in the JSON.</p>
${TABLES.map((table) => {
  const lines = reasons.filter((line) => line.table === table)
  return lines.length > 0 ? tableOf(table, columns, lines.map(reasonRow)) : null
})}`
}

function reasonRow({ reason, outcome, count, firstKeys }: ReasonLine): Cell[] {
  const more = count > firstKeys.length ? `The first ${firstKeys.length} keys` : 'Keys'
  return [
    {
      kind: 'heading',
      content: html`<code>${reason}</code> <span class="then">${OUTCOME_WORDS[outcome]}</span>
<p class="says">${REASON_WORDS[reason]}</p>
<details><summary>${more}</summary><ul class="keys">${firstKeys.map((key) => html`<li>${key || '(none)'}</li>`)}</ul></details>`,
    },
    { content: count, kind: 'figure' },
  ]
}

function backPart({ run }: ReportHead): Markup | null {
  if (!run) return null
  return html`<h2>The way back</h2>
<p>Until people have written here, this takes back what the run brought; whoever has written stays.</p>
<pre><code>npm run import-legacy -- --rollback ${run}</code></pre>
`
}
