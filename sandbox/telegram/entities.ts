import { badRequest } from './refusal.ts'
import type { Entity } from './shapes.ts'

export type FormattedText = { text: string; entities: Entity[] }

/** Inside these nothing else is recognised. */
const OPAQUE = ['code', 'pre', 'text_link', 'url']
const FOUND_BY_SIGHT: readonly { type: string; pattern: RegExp }[] = [
  { type: 'url', pattern: /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]/giu },
  { type: 'email', pattern: /[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z0-9.-]*[a-z0-9]/giu },
  { type: 'bot_command', pattern: /(?<![\p{L}\p{N}_/>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\p{L}\p{N}_/])/giu },
  { type: 'mention', pattern: /(?<![\p{L}\p{N}_.])@[a-z0-9_]{4,32}(?![\p{L}\p{N}_])/giu },
  { type: 'hashtag', pattern: /(?<![\p{L}\p{N}_&])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/giu },
]

/** What Telegram recognises by itself in a text: addresses, commands, mentions, hashtags. */
export function findEntities(text: string, given: Entity[] = []): Entity[] {
  const found: Entity[] = []
  for (const { type, pattern } of FOUND_BY_SIGHT) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      const taken = [...found, ...given.filter((each) => OPAQUE.includes(each.type))]
      if (!taken.some((other) => overlap(other, entity))) found.push(entity)
    }
  }
  return inOrder([...given, ...found])
}

/** Checks that each entity lies on whole characters of the text (offsets in UTF-16 units). */
export function checkEntities(text: string, entities: Entity[]) {
  for (const { offset, length } of entities) {
    if (!Number.isInteger(offset) || !Number.isInteger(length) || offset < 0)
      throw badRequest('invalid entity offset specified')
    if (offset + length > text.length) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
      )
    }
    if (splitsCharacter(text, offset))
      throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${offset}`)
    if (splitsCharacter(text, offset + length)) {
      throw badRequest(`entity ends in a middle of a UTF-16 symbol at byte offset ${offset + length}`)
    }
  }
}

/** Cuts white space at both ends and moves the entities along; those that cover nothing any more are dropped. */
export function trim({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length
  const trimmed = text.trim()
  const moved = entities.map((entity) => {
    const from = Math.max(entity.offset - start, 0)
    const to = Math.min(entity.offset + entity.length - start, trimmed.length)
    return { ...entity, offset: from, length: to - from }
  })
  return { text: trimmed, entities: inOrder(moved.filter((entity) => entity.length > 0)) }
}

function inOrder(entities: Entity[]): Entity[] {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
}

function overlap(a: Entity, b: Entity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}

function splitsCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
