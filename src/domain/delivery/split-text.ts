/** Where a cut reads best, best first: after a paragraph, a line, a sentence, a word. */
const BORDERS = [/\n\n+/g, /\n/g, /[.!?…]+["»”)]*\s+/g, /\s+/g]
/** A cut earlier than this share of the room would make scraps. */
const FILL_MIN = 0.5

/** A piece of a text: [start, end) in UTF-16 units. */
export interface Part {
  start: number
  end: number
}

/**
 * Cuts a text into pieces of at most `maxLength` UTF-16 units that together are the whole text, never inside a grapheme.
 * A piece of nothing but white space is left out: no channel takes an empty message.
 */
export function splitText(text: string, maxLength: number): Part[] {
  const parts: Part[] = []
  let start = 0
  while (text.length - start > maxLength) {
    const end = start + cutBefore(text.slice(start, start + maxLength))
    parts.push({ start, end })
    start = end
  }
  parts.push({ start, end: text.length })
  const visible = parts.filter((part) => text.slice(part.start, part.end).trim() !== '')
  return visible.length > 0 ? visible : parts.slice(0, 1)
}

function cutBefore(room: string): number {
  for (const border of BORDERS) {
    const cut = [...room.matchAll(border)]
      .map((match) => match.index + match[0].length)
      .findLast((end) => end < room.length)
    if (cut !== undefined && cut >= room.length * FILL_MIN) return cut
  }
  return graphemeBefore(room)
}

/** The last grapheme of the room may continue behind it, so the cut comes before that one. */
function graphemeBefore(room: string): number {
  const last = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(room)].at(-1)
  return last && last.index > 0 ? last.index : room.length
}
