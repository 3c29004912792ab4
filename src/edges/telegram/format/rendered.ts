/** How Telegram shows a piece of a text (Bot API MessageEntity). */
export type Style =
  | { type: 'bold' }
  | { type: 'italic' }
  | { type: 'code' }
  | { type: 'pre'; language?: string }
  | { type: 'blockquote' }
  | { type: 'text_link'; url: string }

/** A piece of a rendered text, [from, to) in its UTF-16 units. Spans lie inside each other or apart, never across. */
export interface Span {
  style: Style
  from: number
  to: number
}

/** A text as people see it. */
export interface Rendered {
  text: string
  /** Where each UTF-16 unit of the text comes from: a place in the source; never falling. */
  places: readonly number[]
  spans: readonly Span[]
  /** Where the last paragraph or heading begins in the source; null when code or a line stands at the end. */
  lastParagraph: number | null
}

/** Nothing that a person would see, and that Telegram refuses as an empty text (TDLib, `strip_empty_characters`). */
const NOTHING_SEEN = /^[\s\p{Cf}\u2800\ufffc]*$/u

export function isBlank(text: string): boolean {
  return NOTHING_SEEN.test(text)
}

/** A text as it stands. */
export function renderPlain(source: string): Rendered {
  const places = Array.from({ length: source.length }, (_, place) => place)
  return { text: source.replaceAll('\t', ' '), places, spans: [], lastParagraph: null }
}
