import type { Parser } from 'chrono-node/ru'

/** "в девять" and "к девяти". */
const HOURS = [
  'час|часу|один',
  'два|двум',
  'три|тр[её]м',
  'четыре|четыр[её]м',
  'пять|пяти',
  'шесть|шести',
  'семь|семи',
  'восемь|восьми',
  'девять|девяти',
  'десять|десяти',
  'одиннадцать|одиннадцати',
  'двенадцать|двенадцати',
]
const HALF_TO = [
  'первого',
  'второго',
  'третьего',
  'четв[её]ртого',
  'пятого',
  'шестого',
  'седьмого',
  'восьмого',
  'девятого',
  'десятого',
  'одиннадцатого',
  'двенадцатого',
]
const PART = '(?:\\s+(?<part>утра|дня|вечера|ночи))?'
const [BEGINS, ENDS] = ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}:])']
/** "9-30" is half past nine; "9-12" may as well be from nine to twelve. */
const DASHED = '-(?<dashed>00|2[5-9]|[3-5]\\d)(?!\\d)'
const MINUTES = `(?:[:.](?<minute>\\d{2})|${DASHED})?(?:\\s+час(?:а|ов)?)?(?:\\s+(?<spoken>\\d{1,2})\\s+минут[уы]?)?`

/** "в девять", "в 9 часов утра", "в час дня", "в 18 часов 30 минут": what chrono's own parser leaves or cuts short. */
const hourParser = parserOf(
  `${BEGINS}(?:в|к)\\s+(?<hour>\\d{1,2}|${HOURS.join('|')})${MINUTES}${PART}${ENDS}`,
  HOURS,
  0,
)
/** "полдевятого", "в половине девятого". */
const halfParser = parserOf(
  `${BEGINS}(?:в\\s+)?(?:пол|половин[еу]\\s+)(?<hour>${HALF_TO.join('|')})${PART}${ENDS}`,
  HALF_TO,
  30,
)

/** Parts of a day that chrono does not know, and when they are. */
const DAY_PARTS: readonly [string, number][] = [
  ['днём|днем', 15],
  ['в\\s+обед', 13],
]

export const RUSSIAN_HOURS: readonly Parser[] = [hourParser, halfParser, ...DAY_PARTS.map(partParser)]

function partParser([words, hour]: readonly [string, number]): Parser {
  const pattern = new RegExp(`${BEGINS}(?:${words})${ENDS}`, 'iu')
  return { pattern: () => pattern, extract: () => ({ hour, minute: 0 }) }
}

function parserOf(source: string, words: readonly string[], toMinute: number): Parser {
  const pattern = new RegExp(source, 'iu')
  const numbers = words.map((word) => new RegExp(`^(?:${word})$`, 'iu'))
  return {
    pattern: () => pattern,
    extract(_context, { groups = {} }) {
      const { hour = '', minute, dashed, spoken, part } = groups
      const said = /^\d/.test(hour) ? Number(hour) : numbers.findIndex((word) => word.test(hour)) + 1
      const minutes = Number(minute ?? dashed ?? spoken ?? toMinute)
      const at = hourOfDay(toMinute > 0 ? said - 1 || 12 : said, part?.toLowerCase())
      return at === null || minutes > 59 ? null : { hour: at, minute: minutes }
    },
  }
}

/** Null for what no clock shows, as "в двадцать пять" or "в восемь ночи". */
function hourOfDay(hour: number, part: string | undefined): number | null {
  if (hour > 23) return null
  if (part === undefined || hour > 12) return hour
  switch (part) {
    case 'утра':
      return hour === 12 ? null : hour
    case 'дня':
      return hour === 12 ? hour : hour <= 6 ? hour + 12 : null
    case 'вечера':
      return hour >= 4 && hour < 12 ? hour + 12 : null
    default:
      return hour === 12 ? 0 : hour <= 5 ? hour : hour >= 9 ? hour + 12 : null
  }
}
