/** A quotation reminds; the whole of it stands in the history. */
const QUOTE_MAX_LENGTH = 160
const ELLIPSIS = '…'
const WORD_MIN_LENGTH = 100

/** A line's beginning on one line, cut at a word where there is one near the end. Lengths in UTF-16 units. */
export function quoteLine(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').trim()
  if (plain.length <= QUOTE_MAX_LENGTH) return plain
  const room = plain.slice(0, QUOTE_MAX_LENGTH - ELLIPSIS.length)
  const space = plain[room.length] === ' ' ? room.length : room.lastIndexOf(' ')
  const cut = space >= WORD_MIN_LENGTH ? room.slice(0, space) : withoutHalf(room)
  return `${cut.replace(/[\s.,:;–—-]+$/u, '')}${ELLIPSIS}`
}

/** Half of a character beyond the basic plane is no character. */
function withoutHalf(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1)
}
