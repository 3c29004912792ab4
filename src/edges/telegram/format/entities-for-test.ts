import type { Formatted } from '../views/formatted.ts'

/** Whether each entity covers something of the text, and no half of a character. */
export function onWholeCharacters({ text, entities }: Formatted): boolean {
  return entities.every(({ offset, length }) => {
    const end = offset + length
    const pieces = [text.slice(0, offset), text.slice(offset, end), text.slice(end)]
    return offset >= 0 && length > 0 && end <= text.length && pieces.every((piece) => piece.isWellFormed())
  })
}
