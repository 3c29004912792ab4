/** Letters that look alike, the Latin one first. A word of both scripts is read in each that it can be read in. */
const PAIRS = 'aа bв cс eе hн kк mм oо pр tт xх yу iі sѕ jј rг nп uи wш'.split(' ')
/** The same so close that a word of these alone may stand for one of the other script. */
const CLOSE = new Set('abcehkmoptxy')
const GREEK: Record<string, string> = {
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ı: 'i',
}
const DIGITS_AS_LATIN: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g' }
const DIGITS_AS_CYRILLIC: Record<string, string> = { 0: 'о', 1: 'и', 3: 'з', 4: 'ч', 6: 'б', 8: 'в', 9: 'я' }
const SIGNS_AS_LATIN: Record<string, string> = { '@': 'a', $: 's' }
const SIGNS_AS_CYRILLIC: Record<string, string> = { '@': 'а', $: 'с', і: 'и', ѕ: 'с' }

/** Stands in a word for any one letter: somebody put a sign over it. */
export const ANY_LETTER = '*'

const toLatin = new Map(PAIRS.map(([latin = '', cyrillic = '']) => [cyrillic, latin]))
const toCyrillic = new Map(PAIRS.map(([latin = '', cyrillic = '']) => [latin, SIGNS_AS_CYRILLIC[cyrillic] ?? cyrillic]))

/** A word as it may be meant: as it stands, and in the script whose letters were partly borrowed. */
export function readingsOf(word: string): string[] {
  if (isPlain(word, 'а', 'я') || isPlain(word, '0', '9')) return [word]
  if (isPlain(word, 'a', 'z')) return [...word].every((sign) => CLOSE.has(sign)) ? [word, inCyrillic(word)] : [word]
  const readings = [inLatin(word), inCyrillic(word)].filter((reading) => reading !== '')
  return readings.length > 0 ? readings : [word]
}

function isPlain(word: string, first: string, last: string): boolean {
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)]
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at)
    if (code < from || code > to) return false
  }
  return true
}

function inLatin(word: string): string {
  let read = ''
  for (const sign of word) {
    const plain = GREEK[sign] ?? SIGNS_AS_LATIN[sign] ?? DIGITS_AS_LATIN[sign] ?? toLatin.get(sign) ?? sign
    if (plain !== ANY_LETTER && (plain < 'a' || plain > 'z')) return ''
    read += plain
  }
  return read
}

function inCyrillic(word: string): string {
  let read = ''
  for (const sign of word) {
    const latin = GREEK[sign] ?? sign
    const plain = SIGNS_AS_CYRILLIC[sign] ?? DIGITS_AS_CYRILLIC[sign] ?? toCyrillic.get(latin) ?? sign
    if (plain !== ANY_LETTER && (plain < 'а' || plain > 'я')) return ''
    read += plain
  }
  return read
}
