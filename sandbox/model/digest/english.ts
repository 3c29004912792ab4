import { capitalized, type FactPattern, type Found, told, wordsBefore } from './fact-pattern.ts'

const I_AM = "i(?:['’]m| am)"
const NAME = '(?<name>\\p{L}[\\p{L}-]{1,19})(?![\\p{L}-])'
const REST = '(?<rest>.+)'
const NO_NAMES = /^(?:not|the|a|an|on|in|of|what|hard)$/i
const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)'
const DATE = `(?<date>(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}|${MONTH} (?:the )?\\d{1,2}(?:st|nd|rd|th)?)(?!\\d)`
const PROFESSIONS =
  'nurse|teacher|doctor|programmer|developer|designer|engineer|lawyer|cook|chef|driver|accountant|musician|artist|painter|journalist|translator|architect|actor|actress|psychologist|photographer|hairdresser|librarian|builder|writer|student|waiter|waitress|carpenter|baker|pilot|scientist'
const CLOSE_ONE =
  '(?<who>cat|kitten|dog|puppy|parrot|hamster|rabbit|turtle|horse|son|daughter|brother|sister|husband|wife)'
const CALLED =
  /^,?\s*(?:['’]s name is|whose name is|(?:and )?(?:his|her|its) name is|(?:is )?(?:called|named)),?\s+(\p{L}[\p{L}-]{1,19})/iu
const NAMED = /^,?\s+(\p{Lu}\p{Ll}{1,19})(?!\p{L})/u
const BORDER =
  /[,:;()!?…]|\.(?=\s|$)|\s[-—–]\s|\s(?:but|because|when|if|although|which|who|that|so)\s|\sand\s+(?=(?:i|my|i['’]\p{L}+|we|live|work|love|like|want|have)\s)/iu
const OF_THE_DAY = /\b(?:today|tomorrow|yesterday|tonight|right now|now)\b\s*/gi
const NOT_OF_THEM = /\b(?:i|i['’]\p{L}+|me|we|us|you|your|yours|he|she|they|him|her|it|this|that|them)\b/iu
/** What somebody does next rather than plans. */
const NO_PLAN = /^(?:sleep|bed|cry|work|be|go|ask|tell|say|try)\b/i

function clause(rest: string): string | null {
  const words = wordsBefore(rest.replace(OF_THE_DAY, ''), BORDER)
  if (!words || NOT_OF_THEM.test(words)) return null
  return words.replace(/\bmyself\b/gi, 'themselves').replace(/\bmy\b/gi, 'their')
}

function saying(words: string, refused?: RegExp): FactPattern['say'] {
  return ({ rest = '' }) => {
    const about = clause(rest)
    return about && !refused?.test(about) ? `${words} ${about}` : null
  }
}

function closeOne({ who = '', count = '', after = '' }: Found): string {
  const called = CALLED.exec(after)?.[1] ?? NAMED.exec(after)?.[1]
  if (count) return `Has ${count} ${who}s`.toLowerCase().replace('has', 'Has')
  return `Has a ${who.toLowerCase()}${called && !NO_NAMES.test(called) ? ` named ${capitalized(called)}` : ''}`
}

const name: FactPattern['say'] = ({ name = '' }) => (NO_NAMES.test(name) ? null : `Name is ${capitalized(name)}`)

export const ENGLISH: readonly FactPattern[] = [
  told(`my name(?: is|['’]s)\\s+${NAME}`, name),
  told('(?:[Yy]ou can )?[Cc]all me\\s+(?<name>\\p{Lu}\\p{Ll}{1,19})(?!\\p{L})', name, true),
  told("(?:[Hh]i|[Hh]ello|[Hh]ey),?\\s+I(?:['’]m| am)\\s+(?<name>\\p{Lu}\\p{Ll}{1,19})(?=\\s*(?:[.,!]|$))", name, true),
  told(`i (?:now |currently )?live\\s+(?<rest>(?:in|at|near|on|by|with|outside)\\s.+)`, saying('Lives')),
  told(`${I_AM} (?:originally |actually )?from\\s+${REST}`, saying('From')),
  told(`i(?:['’]ve| have)? (?:just |recently )?moved to\\s+${REST}`, saying('Moved to')),
  told(`my home ?town is\\s+${REST}`, saying('Home town:')),
  told(`i work\\s+(?<rest>(?:as|at|in|for|on|with)\\s.+)`, saying('Works')),
  told(
    `${I_AM} an?\\s+(?<job>(?:\\p{L}+ )?(?:${PROFESSIONS}))(?!\\p{L})`,
    ({ job = '' }) => `Works as ${/^[aeiou]/i.test(job) ? 'an' : 'a'} ${job}`,
  ),
  told(`(?:i study|${I_AM} studying)\\s+${REST}`, saying('Studies')),
  told(
    `(?:i|we)(?:['’]ve got| have got| have| own| adopted| got)\\s+(?:an?\\s+|(?<count>two|three|four)\\s+)(?:(?!no\\b)\\p{L}+\\s+)?${CLOSE_ONE}s?(?!\\p{L})(?<after>.*)`,
    closeOne,
  ),
  told(`my\\s+${CLOSE_ONE}(?!\\p{L})(?<after>.*)`, closeOne),
  told(`i (?:really |just |absolutely )?(?:like|enjoy)\\s+${REST}`, saying('Likes')),
  told(`i (?:really |just |absolutely )?(?:love|adore)\\s+${REST}`, saying('Loves')),
  told(`i (?:really )?(?:don['’]?t|do not) (?:really )?like\\s+${REST}`, saying('Does not like')),
  told(`i (?:really )?(?:hate|can['’]?t stand)\\s+${REST}`, saying('Cannot stand')),
  told(`(?:my birthday is|i was born)(?: on)?\\s+${DATE}`, ({ date }) => `Birthday: ${date}`),
  told(`${I_AM} (?<age>[1-9]\\d) years old`, ({ age }) => `Age: ${age}`),
  told(`${I_AM} going to\\s+${REST}`, saying('Is going to', NO_PLAN)),
  told(`(?:i plan|${I_AM} planning) to\\s+${REST}`, saying('Plans to')),
  told(`i dream of\\s+${REST}`, saying('Dreams of')),
  told(
    "i(?:['’]d like| want) to\\s+(?<rest>(?:learn|visit|buy|move|start|find|write|become|travel|adopt)(?!\\p{L}).*)",
    saying('Wants to'),
  ),
]
