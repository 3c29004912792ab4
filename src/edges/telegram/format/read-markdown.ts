import { fromMarkdown } from 'mdast-util-from-markdown'

/**
 * What is read as markdown at all; beyond these a text is shown as it stands. The reader's time grows with the square
 * or the cube of some of them (measured: 10 s for 16,000 characters of `1. 1. 1. `, 5 s for `*_*_`); within them it
 * stays in the tens of milliseconds.
 */
const MARKS_MAX = 2000
const CONTAINER_WEIGHT_MARKS = 8
const INDENT_WEIGHT_MARKS = 1 / 4
const PARAGRAPH_DELIMITERS_MAX = 200
const NESTING_MAX_LEVELS = 16

const MARK = /[\n*_[\]`&\\<>!]/g
/** What a line and a link take beyond their marks. */
const COSTLY_MARK = /[\n[]/g
const DELIMITER_RUN = /\*+|_+/g
const BLANK_LINE = /\n[ \t]*\n/
const INDENT = /^[ \t]+/gm
const CONTAINER = />|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)/g
const LINE_START = /^[ \t]*(?:(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))[ \t]*)+/gm

/** HTML is text like any other. */
const OPTIONS = { extensions: [{ disable: { null: ['htmlFlow', 'htmlText'] } }] }

export type Markdown = ReturnType<typeof fromMarkdown>
export type Node = Markdown | Markdown['children'][number]

/** The tree of a text in markdown (CommonMark without HTML); null when it is too dense or too deep to be worth it. */
export function readMarkdown(source: string): Markdown | null {
  if (isDense(source)) return null
  const tree = fromMarkdown(source, OPTIONS)
  return isDeep(tree) ? null : tree
}

function isDense(source: string): boolean {
  const starts = Array.from(source.matchAll(LINE_START), ([start]) => countOf(start, CONTAINER))
  if (starts.some((containers) => containers > NESTING_MAX_LEVELS)) return true
  const indents = Array.from(source.matchAll(INDENT), ([indent]) => indent.length)
  const marks =
    countOf(source, MARK) +
    countOf(source, COSTLY_MARK) +
    sum(starts) * CONTAINER_WEIGHT_MARKS +
    sum(indents) * INDENT_WEIGHT_MARKS
  if (marks > MARKS_MAX) return true
  return source.split(BLANK_LINE).some((paragraph) => countOf(paragraph, DELIMITER_RUN) > PARAGRAPH_DELIMITERS_MAX)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function isDeep(tree: Markdown): boolean {
  let level: Node[] = [tree]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > NESTING_MAX_LEVELS * 2) return true
    level = level.flatMap((node) => ('children' in node ? node.children : []))
  }
  return false
}
