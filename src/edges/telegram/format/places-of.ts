/** A piece of the source, [start, end) in UTF-16 units. */
export interface Range {
  start: number
  end: number
}

/** What stands at the beginnings and ends of lines and is no part of what they say. */
const LEFT_OUT = /[ \t\n>]/
const ESCAPABLE = /[!-/:-@[-`{-~]/
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{0,31});/iy

/**
 * The place in the source of each unit of a value that markdown made of a piece of it: without the beginnings of lines
 * and, unless it is code, with escapes and character references resolved.
 */
export function placesOf(value: string, source: string, { start, end }: Range, isCode: boolean): number[] {
  const places: number[] = []
  let at = start
  while (places.length < value.length) {
    const unit = value.charAt(places.length)
    while (at < end && source[at] !== unit && LEFT_OUT.test(source.charAt(at))) at++
    const step = isCode ? plainStep(unit, source, at) : textStep(value, places.length, source, at)
    for (let each = 0; each < step.units; each++) places.push(Math.min(at, end - 1))
    at += step.length
  }
  return places
}

/** How many units of the value come from how many of the source. */
type Step = { units: number; length: number }

function textStep(value: string, index: number, source: string, at: number): Step {
  const unit = value.charAt(index)
  if (source[at] === '\\' && source[at + 1] === unit && ESCAPABLE.test(unit)) return { units: 1, length: 2 }
  const reference = referenceAt(source, at)
  if (reference !== null && !value.startsWith(reference, index)) {
    return { units: (value.codePointAt(index) ?? 0) > 0xffff ? 2 : 1, length: reference.length }
  }
  return plainStep(unit, source, at)
}

/** What is not in the source as it stands (half of a tab, the rest of a reference) has the place of what follows. */
function plainStep(unit: string, source: string, at: number): Step {
  return { units: 1, length: source[at] === unit ? 1 : 0 }
}

function referenceAt(source: string, at: number): string | null {
  if (source[at] !== '&') return null
  REFERENCE.lastIndex = at
  return REFERENCE.exec(source)?.[0] ?? null
}

/** Places for a value that is only drawn from a piece of the source, in even steps. */
export function spreadOver({ length }: string, { start, end }: Range): number[] {
  return Array.from({ length }, (_, index) => start + Math.floor((index * (end - start)) / length))
}
