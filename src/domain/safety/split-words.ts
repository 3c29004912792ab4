import { ANY_LETTER, readingsOf } from './look-alikes.ts'
import { foldWord } from './plain-text.ts'

/** How far apart words stand: a word follows at 1, behind a comma at 2, behind the end of a line or sentence further. */
const AFTER_COMMA = 1
const AFTER_LINE = 2
const AFTER_SENTENCE = 4
/** So many letters that stand alone are one word, spaced out; with signs instead of spaces, fewer. */
const SPACED_LETTERS_MIN = 4
const GLUED_LETTERS_MIN = 3
const SPACED_PART_MAX = 2
const JOINED_MAX_LENGTH = 64
/** More signs between two words say nothing more. */
const BETWEEN_MAX_LENGTH = 8

const SPACE = /\s/
const ENDS_SENTENCE = new Set(['.', '!', '?', ';', '…', '\n'])
const PARTS_CLAUSE = new Set([',', ':', '-', '–', '—', '(', ')', '"', '«', '»', '|', '/'])
/** Signs that say what a number counts. */
const COUNTED = new Set(['%', '€', '₽', '£', '°', '№'])
const APOSTROPHES = ["'", '’', '‘', '`', 'ʼ', '´']
const ANY_APOSTROPHE = new RegExp(`[${APOSTROPHES.join('')}]`)
const WITHIN_WORDS = new Set([ANY_LETTER, '@', '$', ...APOSTROPHES])

export interface Word {
  /** As it may be meant, folded; more than one where letters are borrowed or signs stand between. */
  readings: string[]
  /** Counts up through the text, faster over commas and ends of sentences. */
  place: number
  /** Its sentence ends with a question mark. */
  asked: boolean
}

interface Part {
  raw: string
  place: number
  /** One sign and no space stands between this and the part before. */
  glued: boolean
  asked: boolean
}

/** The words of a `plainText`, in order; linear in its length. */
export function splitWords(plain: string): Word[] {
  return joinSpaced(cutParts(plain))
}

function cutParts(plain: string): Part[] {
  const parts: Part[] = []
  let place = 0
  let sentence = 0
  let last = 0
  let at = 0
  while (at < plain.length) {
    const kind = kindAt(plain, at)
    if (kind === 'other') {
      const sign = plain[at] as string
      if (sign === '?') for (let asked = sentence; asked < parts.length; asked += 1) (parts[asked] as Part).asked = true
      if (ENDS_SENTENCE.has(sign)) sentence = parts.length
      at += 1
      continue
    }
    const between = plain.slice(last, Math.min(at, last + BETWEEN_MAX_LENGTH))
    last = kind === 'digit' ? endOfNumber(plain, at) : kind === 'letter' ? endOfWord(plain, at) : at + 1
    const raw = withoutApostrophes(plain.slice(at, last))
    place += 1 + (isHeldTogether(between, parts.at(-1), raw) ? 0 : pauseOf(between))
    parts.push({ raw, place, glued: parts.length > 0 && between.length === 1 && !SPACE.test(between), asked: false })
    at = last
  }
  return parts
}

/** Letters are those of the scripts that are read: Latin, Greek and Cyrillic. */
function kindAt(plain: string, at: number): 'letter' | 'digit' | 'counted' | 'other' {
  const code = plain.charCodeAt(at)
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x370 && code <= 0x52f) || code === 0x131) return 'letter'
  if (code >= 0x30 && code <= 0x39) return 'digit'
  return COUNTED.has(plain[at] as string) ? 'counted' : 'other'
}

function endOfNumber(plain: string, from: number): number {
  let end = from
  while (end < plain.length && kindAt(plain, end) === 'digit') end += 1
  return end
}

/** Letters, and single signs between two of them that stand for a letter or are left out in writing. */
function endOfWord(plain: string, from: number): number {
  let end = from
  while (end < plain.length) {
    const kind = kindAt(plain, end)
    if (kind === 'letter') end += 1
    else if ((kind === 'digit' || WITHIN_WORDS.has(plain[end] as string)) && kindAt(plain, end + 1) === 'letter')
      end += 1
    else break
  }
  return end
}

function withoutApostrophes(raw: string): string {
  return ANY_APOSTROPHE.test(raw) ? [...raw].filter((one) => !APOSTROPHES.includes(one)).join('') : raw
}

/** A hyphen within a word, or what stands within a number: a date, a time, a fraction. */
function isHeldTogether(between: string, before: Part | undefined, raw: string): boolean {
  if (between === '-') return true
  return between.length === 1 && before !== undefined && isNumber(before.raw) && isNumber(raw) && !SPACE.test(between)
}

function pauseOf(between: string): number {
  let pause = 0
  for (const sign of between) {
    if (sign === '\n') pause = Math.max(pause, AFTER_LINE)
    else if (PARTS_CLAUSE.has(sign)) pause = Math.max(pause, AFTER_COMMA)
    else if (ENDS_SENTENCE.has(sign)) pause = Math.max(pause, AFTER_SENTENCE)
  }
  // Dots that trail off, and one without a space behind it, do not end a sentence.
  const trailing = between.startsWith('..') || between.startsWith('…')
  return trailing || (between.length === 1 && pause === AFTER_SENTENCE) ? AFTER_COMMA : pause
}

/** Letters that were spaced out are one word again; what stands together without a space is read both ways. */
function joinSpaced(parts: readonly Part[]): Word[] {
  const words: Word[] = []
  let shrunk = 0
  let at = 0
  while (at < parts.length) {
    const { raw, place, asked } = parts[at] as Part
    const end = raw.length === 1 ? endOfRun(parts, at) : at
    if (end - at >= GLUED_LETTERS_MIN && isSpacedOut(parts, at, end)) {
      const spaced = parts.slice(at, end).map((part) => part.raw)
      words.push({ readings: fold(spaced.join('')), place: place - shrunk, asked })
      shrunk += (parts[end - 1] as Part).place - place
      at = end
      continue
    }
    const joined = joinedUpTo(parts, at)
    const readings = joined === '' ? fold(raw) : [...fold(raw), ...fold(joined)]
    words.push({ readings, place: place - shrunk, asked })
    at += 1
  }
  return words
}

/** Enough of them to be one word; with signs instead of spaces fewer are enough. */
function isSpacedOut(parts: readonly Part[], from: number, end: number): boolean {
  return end - from >= SPACED_LETTERS_MIN || parts.slice(from + 1, end).every(({ glued }) => glued)
}

/** Parts of one letter each that follow one another. */
function endOfRun(parts: readonly Part[], from: number): number {
  let end = from
  while (end < parts.length && end - from < JOINED_MAX_LENGTH && (parts[end] as Part).raw.length === 1) end += 1
  return end
}

/** The parts that are glued or very short, up to and with this one; empty when it stands alone. */
function joinedUpTo(parts: readonly Part[], last: number): string {
  let first = last
  while (first > 0 && last - first < SPACED_LETTERS_MIN * 2 && belongTogether(parts, first)) first -= 1
  if (first === last || belongTogether(parts, last + 1)) return ''
  const joined = parts
    .slice(first, last + 1)
    .map(({ raw }) => raw)
    .join('')
  return joined.length <= JOINED_MAX_LENGTH ? joined : ''
}

function isNumber(raw: string): boolean {
  return kindAt(raw, 0) === 'digit'
}

function belongTogether(parts: readonly Part[], at: number): boolean {
  const part = parts[at]
  const before = parts[at - 1]
  if (!part || !before) return false
  if (isNumber(part.raw) || isNumber(before.raw)) return false
  return part.glued || (part.raw.length <= SPACED_PART_MAX && before.raw.length <= SPACED_PART_MAX)
}

function fold(raw: string): string[] {
  return readingsOf(raw).map((reading) => foldWord(reading))
}
