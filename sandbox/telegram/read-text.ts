import { checkEntities, type FormattedText, findEntities, trim } from './entities.ts'
import { parseHtml } from './markup-html.ts'
import { parseMarkdown } from './markup-markdown.ts'
import { isRecord, list, type Params, text } from './params.ts'
import { badRequest } from './refusal.ts'
import type { Entity } from './shapes.ts'

/** UTF-16 units after markup is taken off (Bot API sendMessage, sendPhoto). */
export const TEXT_MAX_LENGTH = 4096
export const CAPTION_MAX_LENGTH = 1024

export type TextField = 'text' | 'caption'

/** The text of a call with its entities, as Telegram would keep it; null when the field is absent or empty. */
export function readText(params: Params, field: TextField): FormattedText | null {
  const raw = text(params, field)
  if (raw === undefined || raw === '') return null
  const visible = withoutControls(raw)
  const marked = applyMarkup(params, field, visible)
  checkEntities(marked.text, marked.entities)
  const kept = trim(marked)
  const maxLength = field === 'text' ? TEXT_MAX_LENGTH : CAPTION_MAX_LENGTH
  if (kept.text.length > maxLength) {
    throw badRequest(field === 'text' ? 'message is too long' : 'message caption is too long')
  }
  if (kept.text === '') return null
  return { text: kept.text, entities: findEntities(kept.text, kept.entities) }
}

function applyMarkup(params: Params, field: TextField, raw: string): FormattedText {
  const mode = text(params, 'parse_mode')?.toLowerCase() ?? ''
  if (mode === 'html') return parseHtml(raw)
  if (mode === 'markdownv2') return parseMarkdown(raw)
  if (mode !== '') throw badRequest('unsupported parse_mode')
  const given = list(params, field === 'text' ? 'entities' : 'caption_entities') ?? []
  return { text: raw, entities: given.map(readEntity) }
}

function readEntity(value: unknown): Entity {
  if (!isRecord(value) || typeof value.type !== 'string')
    throw badRequest("can't parse MessageEntity: expected an Object")
  return { ...value, type: value.type, offset: Number(value.offset), length: Number(value.length) }
}

/** Telegram turns control characters other than the line break into spaces. */
function withoutControls(raw: string): string {
  return raw.replace(/\r/gu, '').replace(/[^\P{Cc}\n]/gu, ' ')
}
