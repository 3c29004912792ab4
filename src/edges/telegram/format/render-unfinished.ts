import { renderMarkdown } from './render-markdown.ts'
import type { Rendered } from './rendered.ts'

/** Marks that nothing follows yet. */
const MARKS_AT_END = /(?<=^|[\s([{«"„“—–-])[*_`]+$|\\$/
/** A line that will be an item, a heading, a rule or the end of code once more of it is there. */
const LINE_OF_MARKS = /(?:^|\n)[-=+*_#`~> \t]+$|\n[> \t]*\d{1,9}[.)]?$/
const LINK_AT_END = /!?\[([^[\]\n]*)\]\([^()\n]*$/
const MARKS = /\*+|_+|`+/g
const BEFORE_STYLE = /^$|[\s\p{P}\p{S}]/u
/** Of more it cannot be told which are styles that wait for their ends. */
const OPEN_MAX = 8

/**
 * What markdown that is still being written looks like, as if it ended well here: styles that have begun are closed,
 * and marks whose meaning only the next letters will tell are left away.
 */
export function renderUnfinished(source: string): Rendered {
  const told = source.trimEnd().replace(MARKS_AT_END, '').trimEnd().replace(LINE_OF_MARKS, '').trimEnd()
  const rendered = renderClosed(told)
  const link = told.match(LINK_AT_END)
  const isLink = link && marksShown(rendered, /\[/g).has(told.indexOf('[', link.index))
  return isLink ? renderClosed(told.slice(0, link.index) + link[1]) : rendered
}

function renderClosed(source: string): Rendered {
  const rendered = renderMarkdown(source)
  const ends = endsOf(source, rendered)
  if (ends === '') return rendered
  const closed = renderMarkdown(source + ends)
  const endsAreShown = (closed.places.at(-1) ?? 0) >= source.length
  return endsAreShown ? rendered : closed
}

/** The ends of the styles that have begun in the last paragraph. */
function endsOf(source: string, rendered: Rendered): string {
  const start = rendered.lastParagraph
  if (start === null) return ''
  const shown = marksShown(rendered, /[*_`]/g)
  const ends: string[] = []
  for (const { 0: run, index } of source.slice(start).matchAll(MARKS)) {
    const place = start + index
    const left = [...run].filter((_, each) => shown.has(place + each)).length
    if (left === 0 || !mayBegin(source, place, run)) continue
    ends.unshift(run.slice(0, left))
    if (run.startsWith('`')) break
  }
  return ends.length > OPEN_MAX ? '' : ends.join('')
}

/** Places of marks that are seen as they stand, which in code is what they are for. */
function marksShown({ text, places, spans }: Rendered, marks: RegExp): Set<number | undefined> {
  const code = spans.filter(({ style }) => style.type === 'code' || style.type === 'pre')
  const seen = [...text.matchAll(marks)].map(({ index }) => index)
  const outside = seen.filter((index) => !code.some(({ from, to }) => from <= index && index < to))
  return new Set(outside.map((index) => places[index]))
}

function mayBegin(source: string, place: number, run: string): boolean {
  const next = source.charAt(place + run.length)
  return next !== '' && !/\s/.test(next) && BEFORE_STYLE.test(source.charAt(place - 1))
}
