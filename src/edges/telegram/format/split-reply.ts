import type { Part } from '#domain/delivery'
import { type CutCheck, createCutCheck, type Through } from './cut-check.ts'
import { renderMarkdown } from './render-markdown.ts'
import { isBlank, type Rendered } from './rendered.ts'

/** After a word, but not at a space that holds words together. */
const WORD_END = /[^\S\u00a0\u202f]+/g
/** Where a cut reads best, best first: after a paragraph, a line, a sentence, a word. */
const BORDERS = [/\n\n+/g, /\n/g, /[.!?…]+["»”)]*[^\S\u00a0\u202f]+/g, WORD_END]
/** A cut earlier than this share of the room would make scraps. */
const FILL_MIN = 0.5
/** What may be cut through where there is no such place, the least bad first. */
const WORSE: readonly Through[] = ['nothing', 'style', 'grapheme']

/**
 * Cuts a reply in markdown into pieces that render to at most `maxLength` UTF-16 units each, and that together are the
 * whole source but for white space that would be a message of its own. Cuts lie between graphemes, and in nothing that
 * is shown in a style unless that alone is longer than one piece. Never empty.
 */
export function splitReply(source: string, maxLength: number): Part[] {
  const rendered = renderMarkdown(source)
  const cuts = cutsOf(rendered, maxLength)
  const starts = [0, ...cuts.map((cut) => rendered.places[cut] ?? source.length)]
  const parts = starts.map((start, index) => ({ start, end: starts[index + 1] ?? source.length }))
  const edges = [0, ...cuts, rendered.text.length]
  const seen = parts.filter((_, index) => !isBlank(rendered.text.slice(edges[index], edges[index + 1])))
  return seen.length > 0 ? seen : parts.slice(0, 1)
}

/** Where a rendered text is cut, in its UTF-16 units. */
export function cutsOf(rendered: Rendered, maxLength: number): number[] {
  const { text } = rendered
  const check = createCutCheck(rendered, maxLength)
  const cuts: number[] = []
  for (let start = 0; ; ) {
    const rest = text.slice(start).trimStart()
    if (rest.trimEnd().length <= maxLength) return cuts
    start = cutBehind(text, text.length - rest.length, maxLength, check)
    cuts.push(start)
  }
}

function cutBehind(text: string, from: number, maxLength: number, check: CutCheck): number {
  // The white space at a cut is not sent, so the first unit of it may stand behind the room.
  const to = from + maxLength + 1
  const room = text.slice(from, to)
  const through = check(from, to)
  const lastAfter = (border: RegExp) =>
    [...room.matchAll(border)]
      .map((match) => from + match.index + match[0].length)
      .findLast((cut) => through(cut) === 'nothing') ?? from
  for (const border of BORDERS) {
    const cut = lastAfter(border)
    if (cut - from >= maxLength * FILL_MIN) return cut
  }
  const word = lastAfter(WORD_END)
  return word > from ? word : cutAnywhere(from, maxLength, through)
}

function cutAnywhere(from: number, maxLength: number, through: (at: number) => Through): number {
  for (const worst of WORSE) {
    for (let at = from + maxLength; at > from; at--) if (through(at) === worst) return at
  }
  return from + maxLength
}
