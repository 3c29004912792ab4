import type { MessageEntity } from 'grammy/types'

/** Text, or text that stands out. */
export type Piece = string | { text: string; as: 'bold' | 'blockquote' }

export interface Formatted {
  text: string
  entities: MessageEntity[]
}

/** Joins pieces; what stands out is marked by entities (offsets in UTF-16 units, Bot API MessageEntity), never by markup. */
export function formatted(pieces: readonly Piece[]): Formatted {
  let text = ''
  const entities: MessageEntity[] = []
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? piece : piece.text
    if (typeof piece !== 'string' && part !== '') {
      entities.push({ type: piece.as, offset: text.length, length: part.length })
    }
    text += part
  }
  return { text, entities }
}

export function bold(text: string): Piece {
  return { text, as: 'bold' }
}
