/** Nothing of the last part is given out before the cut is known; longer than any real grapheme. */
const HELD_BACK_LENGTH = 128

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** White space, marks of direction and joining, the blank of Braille, the stand-in for an object: a bubble of them is empty. */
const NOTHING_SEEN = /^[\s\p{Cf}\u2800\ufffc]*$/u

export interface ReplyText {
  /** What may be shown now; empty while nothing of the reply can be seen. */
  add(delta: string): string
  /** What was still held back. */
  end(): string
  /** The limit is reached: nothing more is taken. */
  readonly full: boolean
  /** Something visible has come. */
  readonly visible: boolean
}

/** Deltas without leading white space and without half characters, cut at a grapheme border at `maxLength` UTF-16 units. */
export function createReplyText(maxLength: number): ReplyText {
  let shownLength = 0
  let waiting = ''
  let visible = false
  let full = false

  function release(length: number): string {
    const text = waiting.slice(0, length)
    waiting = waiting.slice(length)
    shownLength += length
    return text.toWellFormed()
  }

  return {
    add(delta) {
      if (full) return ''
      waiting += delta
      if (!visible) waiting = waiting.trimStart()
      const room = maxLength - shownLength
      if (!visible && NOTHING_SEEN.test(waiting)) {
        full = waiting.length > room
        return ''
      }
      visible = true
      if (waiting.length > room) {
        full = true
        const text = release(findBorder(waiting, room))
        waiting = ''
        return text
      }
      return release(wholeCharacters(waiting, Math.min(waiting.length, Math.max(0, room - HELD_BACK_LENGTH))))
    },
    end: () => release(waiting.length),
    get full() {
      return full
    },
    get visible() {
      return visible
    },
  }
}

/** The last grapheme border at or before `length`; a single monstrous grapheme is cut between characters. */
function findBorder(text: string, length: number): number {
  const segments = graphemes.segment(text.slice(0, length + HELD_BACK_LENGTH))
  const border = segments.containing(length)?.index ?? 0
  return border > 0 ? border : wholeCharacters(text, length)
}

function wholeCharacters(text: string, length: number): number {
  const endsInHalf = length > 0 && /[\ud800-\udbff]/.test(text.charAt(length - 1))
  return endsInHalf ? length - 1 : length
}
