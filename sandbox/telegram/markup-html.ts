import type { FormattedText } from './entities.ts'
import { badRequest } from './refusal.ts'
import type { Entity } from './shapes.ts'

const TYPES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
}
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const TOKEN = /<(\/?)([a-z][a-z0-9-]*)((?:\s[^<>]*)?)>|<|&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/giu

type Open = { name: string; type: string; offset: number; url?: string; language?: string }

/** Telegram's HTML (Bot API "HTML style") to text and entities; broken markup is refused with its byte offset. */
export function parseHtml(html: string): FormattedText {
  const open: Open[] = []
  const entities: Entity[] = []
  let text = ''
  let read = 0
  const at = (index: number) => Buffer.byteLength(html.slice(0, index))

  for (const match of html.matchAll(TOKEN)) {
    text += html.slice(read, match.index)
    read = match.index + match[0].length
    const [whole, slash, tag, attributes] = match
    if (tag === undefined) {
      if (whole === '<')
        throw cannotParse(`Unsupported start tag "${html.slice(read, read + 10)}" at byte offset ${at(match.index)}`)
      text += characterOf(match)
      continue
    }
    const name = tag.toLowerCase()
    if (slash) close(name, at(match.index))
    else start(name, attributes ?? '', at(match.index))
  }
  text += html.slice(read)
  const unclosed = open.at(-1)
  if (unclosed) throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  return { text, entities }

  function start(name: string, attributes: string, offset: number) {
    const type = TYPES[name]
    if (!type || (name === 'span' && !/class\s*=\s*["']?tg-spoiler/u.test(attributes))) {
      throw cannotParse(`Unsupported start tag "${name}" at byte offset ${offset}`)
    }
    const url = attribute(attributes, 'href')
    const language = name === 'code' ? attribute(attributes, 'class')?.replace(/^language-/u, '') : undefined
    open.push({ name, type, offset: text.length, ...(url ? { url } : {}), ...(language ? { language } : {}) })
  }

  function close(name: string, offset: number) {
    const last = open.pop()
    if (!last) throw cannotParse(`Unexpected end tag at byte offset ${offset}`)
    if (last.name !== name) {
      throw cannotParse(`Unmatched end tag at byte offset ${offset}, expected "</${last.name}>", found "</${name}>"`)
    }
    const outer = open.at(-1)
    if (last.language && outer?.name === 'pre') {
      outer.language = last.language
      return
    }
    const { name: _, offset: from, ...rest } = last
    if (text.length > from && !(rest.type === 'text_link' && !rest.url)) {
      entities.push({ ...rest, offset: from, length: text.length - from })
    }
  }
}

function characterOf(match: RegExpExecArray | RegExpMatchArray): string {
  const [whole, , , , decimal, hex, name] = match
  if (name !== undefined) return NAMED[name] ?? whole
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s]+))`, 'iu').exec(attributes)
  return found?.[1] ?? found?.[2] ?? found?.[3]
}

export const cannotParse = (text: string) => badRequest(`can't parse entities: ${text}`)
