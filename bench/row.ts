/** One line of `npm run bench`: what was measured beside what is wanted (goals.md). */
export interface Row {
  what: string
  value: number
  unit: string
  /** Must be met; null where only a goal is set. */
  floor: number | null
  goal: number | null
  /** Whether more or less is better. */
  better: 'more' | 'less'
  /** What else was seen. */
  note?: string
}

export type Verdict = 'goal met' | 'floor met' | 'BELOW FLOOR' | 'short of goal' | ''

export function verdictOf({ value, floor, goal, better }: Row): Verdict {
  const meets = (wanted: number) => (better === 'more' ? value >= wanted : value <= wanted)
  if (goal !== null && meets(goal)) return 'goal met'
  if (floor !== null) return meets(floor) ? 'floor met' : 'BELOW FLOOR'
  return goal === null ? '' : 'short of goal'
}

export function printRow(row: Row): string {
  const figures = [row.value, row.floor, row.goal].map((figure) => withUnit(figure, row.unit).padStart(12))
  const columns = [row.what.padEnd(58), ...figures]
  return `${columns.join('  ')}  ${verdictOf(row)}${row.note ? `  (${row.note})` : ''}`
}

export const HEADING = `${''.padEnd(58)}  ${'measured'.padStart(12)}  ${'floor'.padStart(12)}  ${'goal'.padStart(12)}`

/** Three digits at least, and the unit; a dash where there is no figure. */
export function withUnit(figure: number | null, unit: string): string {
  return figure === null ? '-' : `${tidy(figure)}${unit && ` ${unit}`}`
}

function tidy(value: number): string {
  return value >= 100 ? Math.round(value).toString() : Number(value.toPrecision(3)).toString()
}
