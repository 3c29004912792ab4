import type { Entity } from '../telegram/shapes.ts'
import { h } from './element.ts'

const TAGS: Record<string, keyof HTMLElementTagNameMap> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
}

/** Text with its entities as elements; a command runs when pressed, a spoiler opens. */
export function formattedText(
  text: string,
  entities: readonly Entity[],
  onCommand: (command: string) => void,
): DocumentFragment {
  const fragment = document.createDocumentFragment()
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
  fragment.append(...pieces(0, text.length, sorted))
  return fragment

  function pieces(from: number, to: number, inside: readonly Entity[]): (Node | string)[] {
    const made: (Node | string)[] = []
    let at = from
    let rest = inside
    while (rest[0]) {
      const [entity] = rest
      const end = Math.min(entity.offset + entity.length, to)
      const children = rest.slice(1).filter((each) => each.offset < end)
      rest = rest.slice(1).filter((each) => each.offset >= end)
      if (entity.offset > at) made.push(text.slice(at, entity.offset))
      made.push(wrap(entity, pieces(entity.offset, end, children)))
      at = end
    }
    if (at < to) made.push(text.slice(at, to))
    return made
  }

  function wrap(entity: Entity, children: (Node | string)[]): Node {
    const words = text.slice(entity.offset, entity.offset + entity.length)
    if (entity.type === 'bot_command') {
      return h('button', { type: 'button', class: 'command', onclick: () => onCommand(words) }, words)
    }
    const url = entity.type === 'url' ? words : entity.url
    if (url && /^https?:/iu.test(url)) return h('a', { href: url, target: '_blank', rel: 'noopener' }, ...children)
    if (entity.type === 'spoiler') {
      const hidden = h(
        'span',
        { class: 'spoiler', tabindex: 0, onclick: () => hidden.classList.add('open') },
        ...children,
      )
      return hidden
    }
    return h(TAGS[entity.type] ?? 'span', {}, ...children)
  }
}
