import type { Rendered, Span, Style } from './rendered.ts'

const INDENT = '  '

/** A style that has begun; `from` stands when something is written in it. */
interface Begun {
  style: Style
  from: number | null
  inside: Begun | null
}

/** What a line begins with; the first `depth` open styles hold it too. */
interface LineStart {
  text: string
  depth: number
}

type Ended = Span & { inside: Begun | null }

/** A text with spans that is written from its beginning to its end, each unit with its place in the source. */
export class Writing {
  #text = ''
  #lastParagraph: number | null = null
  readonly #places: number[] = []
  readonly #ended: Ended[] = []
  readonly #begun: Begun[] = []
  #breaks: readonly number[] = []
  #indent: LineStart = { text: '', depth: 0 }
  #marker: LineStart | null = null

  /** Writes one line or a piece of it; the places are those of its units. */
  write(text: string, places: readonly number[]) {
    if (text === '') return
    this.#beginLine(places[0] ?? 0)
    for (const each of this.#begun) each.from ??= this.#text.length
    this.#append(text, places)
  }

  /** New lines before whatever is written next; nothing if nothing is. */
  breakLine(places: readonly number[]) {
    this.#breaks = [...this.#breaks, ...places]
  }

  /** Writes what stands in a style, as far as Telegram lets styles stand in each other. */
  within(style: Style, write: () => void) {
    if (this.#begun.some((outer) => mayNotHold(outer.style, style))) return write()
    const interrupted = isCode(style) ? this.#begun.filter((outer) => isEmphasis(outer.style)) : []
    for (const outer of interrupted) this.#end(outer)
    const begun: Begun = { style, from: null, inside: this.#begun.at(-1) ?? null }
    this.#begun.push(begun)
    write()
    this.#begun.pop()
    this.#end(begun)
    for (const outer of interrupted) outer.from = null
  }

  /** Writes an item of a list: its first line begins with the marker, every other one as far in. */
  item(marker: string, write: () => void) {
    const outer = this.#indent
    const depth = this.#begun.length
    const begins = this.#marker ?? { text: outer.text, depth }
    this.#marker = { ...begins, text: begins.text + marker }
    this.#indent = { text: outer.text + INDENT, depth }
    write()
    this.#indent = outer
    this.#marker = null
  }

  /** Notes that what comes now is a paragraph that begins at this place, or is none. */
  paragraphAt(place: number | null) {
    this.#lastParagraph = place
  }

  finish(): Rendered {
    const spans = this.#ended.map(({ style, from, to }) => ({ style, from, to }))
    return { text: this.#text, places: this.#places, spans, lastParagraph: this.#lastParagraph }
  }

  /** What a line begins with comes from the same place as its first unit, so that no cut parts them. */
  #beginLine(place: number) {
    const start = this.#marker ?? (this.#breaks.length > 0 ? this.#indent : null)
    this.#append('\n'.repeat(this.#breaks.length), this.#breaks)
    this.#breaks = []
    this.#marker = null
    if (!start || start.text === '') return
    for (const each of this.#begun.slice(0, start.depth)) each.from ??= this.#text.length
    this.#append(start.text, Array(start.text.length).fill(place))
  }

  #append(text: string, places: readonly number[]) {
    for (let index = 0; index < text.length; index++) {
      this.#places.push(Math.max(places[index] ?? 0, this.#places.at(-1) ?? 0))
    }
    this.#text += text
  }

  #end(begun: Begun) {
    const { style, from, inside } = begun
    begun.from = null
    if (from === null) return
    const neighbour = this.#neighbour(from, begun)
    if (neighbour) neighbour.to = this.#text.length
    else this.#ended.push({ style, from, to: this.#text.length, inside })
  }

  /** The span of the same style, in the same surroundings, that ended where this one began. */
  #neighbour(from: number, { style, inside }: Begun): Ended | null {
    for (let index = this.#ended.length - 1; index >= 0; index--) {
      const ended = this.#ended[index]
      if (!ended || ended.to < from) return null
      if (ended.to === from && ended.inside === inside && isSame(ended.style, style)) return ended
    }
    return null
  }
}

/** Bot API MessageEntity: quotes hold no quotes, links no links and no code, and nothing itself. */
function mayNotHold(outer: Style, inner: Style): boolean {
  if (outer.type === 'text_link') return !isEmphasis(inner)
  return outer.type === inner.type
}

function isCode({ type }: Style): boolean {
  return type === 'code' || type === 'pre'
}

function isEmphasis({ type }: Style): boolean {
  return type === 'bold' || type === 'italic'
}

function isSame(one: Style, other: Style): boolean {
  if (one.type === 'text_link') return other.type === 'text_link' && other.url === one.url
  return isEmphasis(one) && one.type === other.type
}
