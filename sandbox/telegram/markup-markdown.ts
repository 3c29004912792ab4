import type { FormattedText } from './entities.ts'
import { cannotParse } from './markup-html.ts'
import type { Entity } from './shapes.ts'

const RESERVED = '_*[]()~`>#+-=|{}.!'
const MARKS: readonly { mark: string; type: string; name: string }[] = [
  { mark: '```', type: 'pre', name: 'Pre' },
  { mark: '__', type: 'underline', name: 'Underline' },
  { mark: '||', type: 'spoiler', name: 'Spoiler' },
  { mark: '*', type: 'bold', name: 'Bold' },
  { mark: '_', type: 'italic', name: 'Italic' },
  { mark: '~', type: 'strikethrough', name: 'Strikethrough' },
  { mark: '`', type: 'code', name: 'Code' },
  { mark: '[', type: 'text_link', name: 'TextUrl' },
]

type Open = { mark: string; type: string; name: string; offset: number; byte: number; language?: string }

/** Telegram's MarkdownV2 (Bot API "MarkdownV2 style") to text and entities; broken markup is refused as Telegram does. */
export function parseMarkdown(source: string): FormattedText {
  const open: Open[] = []
  const entities: Entity[] = []
  let text = ''
  let quoteFrom = -1
  let at = 0

  while (at < source.length) at = step()
  endQuote()
  const unclosed = open.at(-1)
  if (unclosed) throw cannotParse(`Can't find end of ${unclosed.name} entity at byte offset ${unclosed.byte}`)
  return { text, entities }

  /** Reads one mark or character and says where the next begins. */
  function step(): number {
    const character = source[at] ?? ''
    const last = open.at(-1)
    const literal = last?.type === 'code' || last?.type === 'pre'
    if (character === '\\' && isEscapable(source[at + 1])) return plain(source[at + 1] ?? '', 2)
    if (last && last.mark !== '[' && source.startsWith(last.mark, at)) return close(last)
    if (literal) return plain(character, 1)
    if (last?.mark === '[' && character === ']') return closeLink(last)
    if (character === '>' && (at === 0 || source[at - 1] === '\n')) return startQuote()
    const mark = MARKS.find((each) => source.startsWith(each.mark, at))
    if (mark) return start(mark)
    if (RESERVED.includes(character)) {
      throw cannotParse(`Character '${character}' is reserved and must be escaped with the preceding '\\'`)
    }
    if (character === '\n' && source[at + 1] !== '>') endQuote()
    return plain(character, 1)
  }

  function plain(character: string, width: number): number {
    text += character
    return at + width
  }

  function start(mark: (typeof MARKS)[number]): number {
    const language = mark.type === 'pre' ? /^([a-z0-9_+-]*)\n/iu.exec(source.slice(at + 3))?.[1] : undefined
    open.push({
      ...mark,
      offset: text.length,
      byte: Buffer.byteLength(source.slice(0, at)),
      ...(language ? { language } : {}),
    })
    return at + mark.mark.length + (language === undefined ? 0 : language.length + 1)
  }

  function close(last: Open): number {
    open.pop()
    add(last, last.language ? { language: last.language } : {})
    return at + last.mark.length
  }

  function closeLink(last: Open): number {
    open.pop()
    const target = /^\]\(((?:\\.|[^)\\])*)\)/u.exec(source.slice(at))
    if (!target) throw cannotParse(`Can't find end of a URL at byte offset ${last.byte}`)
    const url = (target[1] ?? '').replace(/\\(.)/gu, '$1')
    if (url) add(last, { url })
    return at + target[0].length
  }

  function startQuote(): number {
    if (quoteFrom < 0) quoteFrom = text.length
    return at + 1
  }

  function endQuote() {
    if (quoteFrom >= 0) entities.push({ type: 'blockquote', offset: quoteFrom, length: text.length - quoteFrom })
    quoteFrom = -1
  }

  function add({ type, offset }: Open, more: Partial<Entity>) {
    if (text.length > offset) entities.push({ type, offset, length: text.length - offset, ...more })
  }
}

function isEscapable(character: string | undefined): boolean {
  return character !== undefined && character.charCodeAt(0) > 0 && character.charCodeAt(0) < 127
}
