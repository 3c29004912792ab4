import type { Rendered } from './rendered.ts'

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const HALF_A_PAIR = /[\uDC00-\uDFFF]/

/**
 * What a cut before a unit would go through: nothing, a style, a grapheme, or (`unit`) what comes from one place of the
 * source and cannot be told apart.
 */
export type Through = 'nothing' | 'style' | 'grapheme' | 'unit'

/** Tells what cuts in the room [from, to] of a rendered text would go through. */
export type CutCheck = (from: number, to: number) => (at: number) => Through

/** A style that is longer than one piece must be cut somewhere, so it counts as none. */
export function createCutCheck({ text, places, spans }: Rendered, maxLength: number): CutCheck {
  const styled = new Uint8Array(text.length + 1)
  for (const { from, to } of spans) if (to - from <= maxLength) styled.fill(1, from + 1, to)
  return (from, to) => {
    const graphemes = graphemeStarts(text, from, to)
    return (at) => {
      if (places[at] === places[at - 1] || HALF_A_PAIR.test(text.charAt(at))) return 'unit'
      if (!graphemes.has(at)) return 'grapheme'
      return styled[at] ? 'style' : 'nothing'
    }
  }
}

/** Whether one starts at `to` shows in the character there. */
function graphemeStarts(text: string, from: number, to: number): Set<number> {
  const room = text.slice(from, to + 2)
  return new Set(Array.from(GRAPHEMES.segment(room), ({ index }) => from + index))
}
