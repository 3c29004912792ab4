import { type Row, verdictOf, withUnit } from '../row.ts'

const HEAD = ['what', 'measured', 'floor', 'goal', '', 'seen besides']

/** Where and when, and for how long. */
export interface Circumstances {
  /** As 2026-11-23. */
  date: string
  machine: string
  seconds: number
}

/** The figures of one bench between two marks, as they stand in docs/performance.md. */
export function renderBlock(name: string, rows: readonly Row[], { date, machine, seconds }: Circumstances): string {
  const table = [HEAD, HEAD.map(() => '---'), ...rows.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`)
  const caption = `\`npm run bench -- ${name}\`, ${date}, ${seconds} s; ${machine}.`
  return [openingOf(name), caption, '', ...table, CLOSING].join('\n')
}

function cellsOf(row: Row): string[] {
  const figures = [row.value, row.floor, row.goal].map((figure) => withUnit(figure, row.unit))
  return [row.what, ...figures, verdictOf(row), row.note ?? ''].map((cell) => cell.replaceAll('|', '\\|'))
}

/** The benches that have a block in this text, in its order. */
export function benchesIn(text: string): string[] {
  return [...text.matchAll(/^<!-- bench (\S+) -->$/gm)].map(([, name = '']) => name)
}

/** What the rows of a bench are called in this text; nothing when it has no block there. */
export function namesIn(text: string, name: string): string[] {
  const [start, end] = placeOf(text, name) ?? [0, 0]
  const lines = text.slice(start, end).split('\n')
  const cells = lines.filter((line) => line.startsWith('| ')).slice(2)
  return cells.map((line) => /^\| (.*?[^\\]) \|/.exec(line)?.[1]?.replaceAll('\\|', '|') ?? '')
}

/** The text with this block in place of the bench's old one; null when it has none. */
export function replaceBlock(text: string, name: string, block: string): string | null {
  const place = placeOf(text, name)
  return place && text.slice(0, place[0]) + block + text.slice(place[1])
}

function placeOf(text: string, name: string): [number, number] | null {
  const start = text.indexOf(openingOf(name))
  const end = text.indexOf(CLOSING, start)
  return start < 0 || end < 0 ? null : [start, end + CLOSING.length]
}

const openingOf = (name: string) => `<!-- bench ${name} -->`
const CLOSING = '<!-- end -->'
