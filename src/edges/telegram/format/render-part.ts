import type { MessageEntity } from 'grammy/types'
import type { Part } from '#domain/delivery'
import type { Formatted } from '../views/formatted.ts'
import { renderMarkdown } from './render-markdown.ts'
import { isBlank, type Rendered, type Span } from './rendered.ts'

/** Telegram leaves out what comes after the hundredth. */
const ENTITIES_MAX = 100
/** Telegram takes about 9,500 bytes of markup with one message, and refuses it whole beyond them (ENTITIES_TOO_LONG). */
const URLS_MAX_LENGTH = 4096

/** What Telegram gets for one part of a reply in markdown: trimmed, with its styles as entities (UTF-16 units). */
export function renderPart(source: string, { start, end }: Part): Formatted {
  const rendered = renderMarkdown(source)
  const formatted = formattedSlice(rendered, indexOf(rendered, start), indexOf(rendered, end))
  return isBlank(formatted.text) ? { text: source.slice(start, end).trim(), entities: [] } : formatted
}

/** The first unit that comes from this place of the source or a later one. */
function indexOf({ places }: Rendered, place: number): number {
  const index = places.findIndex((each) => each >= place)
  return index < 0 ? places.length : index
}

/**
 * A piece of a rendered text, [from, to) in its units, as a message of its own. What holds others stands before them, as
 * it ended after them.
 */
export function formattedSlice({ text, spans }: Rendered, from: number, to: number): Formatted {
  const within = trimmed(text, { from, to })
  const entities = spans
    .map((span) => ({ ...span, from: Math.max(span.from, within.from), to: Math.min(span.to, within.to) }))
    .map((span) => ({ ...span, ...trimmed(text, span) }))
    .filter((span) => span.from < span.to)
    .reverse()
    .sort((one, other) => one.from - other.from || other.to - one.to)
    .map(({ style, ...span }) => ({ ...style, offset: span.from - within.from, length: span.to - span.from }))
  return { text: text.slice(within.from, within.to), entities: affordable(entities) }
}

function trimmed(text: string, { from, to }: Omit<Span, 'style'>): Omit<Span, 'style'> {
  if (from >= to) return { from, to: from }
  const piece = text.slice(from, to)
  const start = from + piece.length - piece.trimStart().length
  return { from: start, to: start + piece.trim().length }
}

function affordable(entities: MessageEntity[]): MessageEntity[] {
  let urlsLength = 0
  const kept = entities.filter((entity) => {
    if (entity.type === 'text_link') urlsLength += entity.url.length
    return entity.type !== 'text_link' || urlsLength <= URLS_MAX_LENGTH
  })
  return kept.slice(0, ENTITIES_MAX)
}
