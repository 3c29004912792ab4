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
  return new MarkdownReader(source).read()
}

class MarkdownReader {
  private readonly source: string
  private readonly open: Open[] = []
  private readonly entities: Entity[] = []
  private text = ''
  private quoteFrom = -1
  private at = 0

  constructor(source: string) {
    this.source = source
  }

  read(): FormattedText {
    while (this.at < this.source.length) this.at += this.step()
    this.endQuote()
    const unclosed = this.open.at(-1)
    if (unclosed) throw cannotParse(`Can't find end of ${unclosed.name} entity at byte offset ${unclosed.byte}`)
    return { text: this.text, entities: this.entities }
  }

  /** Reads one mark or character and says how wide it was. */
  private step(): number {
    const { source, at } = this
    const character = source[at] ?? ''
    const last = this.open.at(-1)
    const literal = last?.type === 'code' || last?.type === 'pre'
    if (character === '\\' && isEscapable(source[at + 1])) return this.plain(source[at + 1] ?? '', 2)
    if (last && last.mark !== '[' && source.startsWith(last.mark, at)) return this.close(last)
    if (literal) return this.plain(character, 1)
    if (last?.mark === '[' && character === ']') return this.closeLink(last)
    if (character === '>' && (at === 0 || source[at - 1] === '\n')) return this.startQuote()
    const mark = MARKS.find((each) => source.startsWith(each.mark, at))
    if (mark) return this.start(mark)
    if (RESERVED.includes(character)) {
      throw cannotParse(`Character '${character}' is reserved and must be escaped with the preceding '\\'`)
    }
    if (character === '\n' && source[at + 1] !== '>') this.endQuote()
    return this.plain(character, 1)
  }

  private plain(character: string, width: number): number {
    this.text += character
    return width
  }

  private start(mark: (typeof MARKS)[number]): number {
    const { source, at } = this
    const language = mark.type === 'pre' ? /^([a-z0-9_+-]*)\n/iu.exec(source.slice(at + 3))?.[1] : undefined
    const byte = Buffer.byteLength(source.slice(0, at))
    this.open.push({ ...mark, offset: this.text.length, byte, ...(language ? { language } : {}) })
    return mark.mark.length + (language === undefined ? 0 : language.length + 1)
  }

  private close(last: Open): number {
    this.open.pop()
    this.add(last, last.language ? { language: last.language } : {})
    return last.mark.length
  }

  private closeLink(last: Open): number {
    this.open.pop()
    const target = /^\]\(((?:\\.|[^)\\])*)\)/u.exec(this.source.slice(this.at))
    if (!target) throw cannotParse(`Can't find end of a URL at byte offset ${last.byte}`)
    const url = (target[1] ?? '').replace(/\\(.)/gu, '$1')
    if (url) this.add(last, { url })
    return target[0].length
  }

  private startQuote(): number {
    if (this.quoteFrom < 0) this.quoteFrom = this.text.length
    return 1
  }

  private endQuote() {
    const { quoteFrom: offset } = this
    if (offset >= 0) this.entities.push({ type: 'blockquote', offset, length: this.text.length - offset })
    this.quoteFrom = -1
  }

  private add({ type, offset }: Open, more: Partial<Entity>) {
    const length = this.text.length - offset
    if (length > 0) this.entities.push({ type, offset, length, ...more })
  }
}

function isEscapable(character: string | undefined): boolean {
  return character !== undefined && character.charCodeAt(0) > 0 && character.charCodeAt(0) < 127
}
