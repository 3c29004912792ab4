import type { Random } from '../random.ts'

/** Signs that look like others, and what a lenient comparison might fold into them. */
const LOOK_ALIKES: Record<string, string> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  k: '\u212a',
  o: 'ο',
  p: 'р',
  s: '\u017f',
  x: 'х',
  '0': '０',
  '1': '１',
  '2': '٢',
  '3': '３',
  '=': '＝',
  '&': '＆',
  '-': '\u2010',
  '.': '．',
}
const JUNK = ['zz', '00', ' ', '\u0000', '\n', '\r\n', '\t', '=', '==', '&', '%00', '%', '"', "'", ';', ',', '\u200b']
const MORE_JUNK = [
  '\ud800',
  '\udc00',
  '\ufeff',
  '\u00a0',
  '\u2028',
  '../',
  '{}',
  'null',
  '-',
  '+',
  '.0',
  'e0',
  '\u0301',
]

export interface TextMutation {
  how: string
  make(text: string, random: Random): string
}

/** Damage of every sort to a text. A result may by chance say the same as before: whoever uses it must look. */
export const TEXT_MUTATIONS: readonly TextMutation[] = [
  { how: 'a character is another', make: (text, random) => replaceAt(text, random.int(text.length), anySign(random)) },
  { how: 'a character more', make: (text, random) => insertAt(text, random.int(text.length + 1), anySign(random)) },
  { how: 'a character less', make: (text, random) => replaceAt(text, random.int(text.length), '') },
  { how: 'a character twice', make: twice },
  { how: 'neighbours swapped', make: swapNeighbours },
  { how: 'a letter in the other case', make: (text, random) => changeOne(text, random, /[a-z]/i, otherCase) },
  { how: 'capitals', make: (text) => text.toUpperCase() },
  { how: 'small letters', make: (text) => text.toLowerCase() },
  {
    how: 'a look-alike',
    make: (text, random) => changeOne(text, random, LOOK_ALIKE, (sign) => LOOK_ALIKES[sign] ?? ''),
  },
  { how: 'junk behind', make: (text, random) => text + junk(random) },
  { how: 'junk in front', make: (text, random) => junk(random) + text },
  { how: 'junk inside', make: (text, random) => insertAt(text, random.int(text.length + 1), junk(random)) },
  { how: 'cut short', make: (text, random) => text.slice(0, random.int(text.length)) },
  { how: 'head cut off', make: (text, random) => text.slice(1 + random.int(text.length)) },
  { how: 'twice over', make: (text) => text + text },
  { how: 'reversed', make: (text) => [...text].reverse().join('') },
  {
    how: 'a digit counted up',
    make: (text, random) => changeOne(text, random, /\d/, (sign) => `${(Number(sign) + 1) % 10}`),
  },
  { how: 'percent-encoded', make: (text, random) => changeOne(text, random, /[!-~]/, percent) },
  { how: 'empty', make: () => '' },
]

const LOOK_ALIKE = /[aceikopsx0123=&.-]/

export function mutateText(text: string, random: Random): { how: string; text: string } {
  const { how, make } = random.pick(TEXT_MUTATIONS)
  return { how, text: make(text, random) }
}

function anySign(random: Random): string {
  return random.chance(0.9) ? String.fromCharCode(32 + random.int(95)) : String.fromCharCode(random.int(0xffff))
}

function junk(random: Random): string {
  return random.pick([...JUNK, ...MORE_JUNK])
}

function replaceAt(text: string, at: number, sign: string): string {
  return text.slice(0, at) + sign + text.slice(at + 1)
}

function insertAt(text: string, at: number, sign: string): string {
  return text.slice(0, at) + sign + text.slice(at)
}

function twice(text: string, random: Random): string {
  const at = random.int(text.length)
  return insertAt(text, at, text.charAt(at))
}

function swapNeighbours(text: string, random: Random): string {
  const at = random.int(Math.max(1, text.length - 1))
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
}

function changeOne(text: string, random: Random, which: RegExp, change: (sign: string) => string): string {
  const places = [...text].flatMap((sign, at) => (which.test(sign) ? [at] : []))
  if (places.length === 0) return `${text}~`
  const signs = [...text]
  const at = random.pick(places)
  signs[at] = change(signs[at] ?? '')
  return signs.join('')
}

function otherCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`
}
