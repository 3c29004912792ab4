/** Marks and invisible signs that a reader does not miss: accents, joiners, soft hyphens, fillers. */
const UNSEEN = /[\p{M}\p{Cf}\u115F\u1160\u3164\uFFA0]/gu
/** What most texts are made of; nothing of it is hidden or has another form. */
const EVERYDAY = /^[\n\x20-\x7eА-Яа-яЁё«»—–]*$/
/** One sign may stand for eighteen letters of a script that is not read; wide and fancy letters stand for few. */
const GROWTH_MAX = 2

/**
 * The text as it is read: small letters without accents (ё is е, й is и), without invisible signs, wide and fancy letters
 * as plain ones. Marks go first: `normalize` sorts the marks of one letter, and a thousand of them would take long.
 */
export function plainText(text: string): string {
  if (EVERYDAY.test(text)) return text.toLowerCase().replaceAll('ё', 'е').replaceAll('й', 'и')
  const plain = text
    .replace(UNSEEN, '')
    .normalize('NFKD')
    .slice(0, text.length * GROWTH_MAX)
  return plain.replace(UNSEEN, '').toLowerCase()
}

/** Shorter words are other words with another vowel: на and но. */
const FOLDED_MIN_LENGTH = 3
const SILENT = 'ьъ'
/** The second is heard as the first. */
const AS_HEARD = ['ао', 'ие', 'иэ', 'ий', 'иё', 'шщ']
/** After these ы is heard as и. */
const HARD = codesOf('жшц')
/** Doubled they make another word, feel and fell; drawn out they do not. */
const OFTEN_DOUBLE = codesOf('eo')
const DIGITS = codesOf('0123456789')
const [YERY, I] = [...codesOf('ыи')] as [number, number]
const CODES = 0x530
/** By code: what is heard; 0 is not heard at all. */
const heardAs = layOut()

/**
 * A word of `plainText` as it is heard, so that the common slips of spelling fall together: doubled letters, a soft sign
 * left out, unstressed vowels of Russian. Patterns and texts are folded alike; the beginning of a word is always folded.
 */
export function foldWord(word: string, isWhole = true): string {
  if (isWhole && word.length < FOLDED_MIN_LENGTH) return word
  const folded: number[] = []
  let last = 0
  let run = 0
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at)
    const heard = code === YERY && HARD.has(last) ? I : code < CODES ? (heardAs[code] as number) : code
    if (heard === 0) continue
    run = heard === last ? run + 1 : 1
    last = heard
    if (run === 1 || DIGITS.has(heard)) folded.push(heard)
    else if (run === 2 && OFTEN_DOUBLE.has(heard)) folded.push(heard)
    else if (run === 3 && OFTEN_DOUBLE.has(heard)) folded.pop()
  }
  return String.fromCharCode(...folded)
}

function codesOf(letters: string): Set<number> {
  return new Set([...letters].map((letter) => letter.charCodeAt(0)))
}

function layOut(): Uint16Array {
  const table = Uint16Array.from({ length: CODES }, (_, code) => code)
  for (const [heard = '', written = ''] of AS_HEARD) table[written.charCodeAt(0)] = heard.charCodeAt(0)
  for (const code of codesOf(SILENT)) table[code] = 0
  return table
}
