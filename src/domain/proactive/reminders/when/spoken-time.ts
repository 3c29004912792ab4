import { casual as english } from 'chrono-node/en'
import { type Chrono, type ParsedResult, casual as russian } from 'chrono-node/ru'
import type { Locale } from '#contract/words'
import { RUSSIAN_HOURS } from './russian-hours.ts'

/** A time stands at the beginning or at the end of a line; no longer piece of either is looked at, in UTF-16 units. */
const LOOKED_AT_LENGTH = 160
/** When somebody names a day and no hour. */
const DAY_BEGINS_HOUR = 9
/** Parts of a day for which chrono's own hour will do. */
const HOURS_IMPLIED = ['afternoon', 'evening', 'night', 'tonight', 'noon', 'midnight']
/** What is left over after "завтра" in "завтра в 25:00", or before "в 10:00" in "30 февраля в 10:00". */
const BEGINS_LIKE_A_TIME =
  /^(?:в|к|на|at|on)?\s*(?:\d{1,4}[:.-]\d{2}(?!\d)|\d{1,2}\s+(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек))/iu
/** What a time goes on with that was read only in part, as "в девять" of "в девять тридцать": better asked than said wrong. */
const GOES_ON =
  /^(?:с\s+половиной|(?:до|после)\s+обеда|утром|вечером|ночью|(?:пять|десять|пятнадцать|двадцать|тридцать|сорок|пятьдесят)|во?\s+(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))(?!\p{L})/iu
/** "в 9" of "в 9 30" or "в 9-12"; a day is not followed by minutes. */
const BARE_HOUR = /(?:^|\s)\d{1,2}$/
const MINUTES_FOLLOW = /^(?:\s?[-–]\s?\d|\s+[0-5]\d(?![\p{L}\d:]))/u
/** "Last Friday" has been; it is not the next one. */
const GONE_BY = /прошл|(?<!\p{L})(?:last|past)(?!\p{L})/iu
/** "Мае" may be whom to call: a month by itself is no time. */
const ONE_WORD = /^\S+$/u
/** What leads from the matter to the time, as far as chrono leaves it. */
const LEADS_TO_TIME = /\s+(?:in\s+the|on|at|by|в|во|на|к)$/iu
const DAY_MS = 86_400_000
const DAYS_PER_WEEK = 7
const MONTHS_PER_YEAR = 12

type ParsedComponents = ParsedResult['start']

/** A time that was found, and what else is in the line. */
export interface SpokenTime {
  rest: string
  /** As the clocks of the person show it: milliseconds that UTC would call the same. */
  wallMs: number
  /** `instant`: so long from now, whatever clocks do; `day`: so many days from now, same hour; `clock`: what clocks show. */
  means: 'instant' | 'day' | 'clock'
  /** Told with the time itself, as in "9:00 UTC"; minutes. */
  offsetMinutes: number | null
}

const SPEAKERS: Readonly<Record<Locale, Chrono>> = { ru: withRussianHours(), en: english }

/**
 * The time that a line begins with, or else ends with, in Russian or English. `nowWallMs`: what the person's clock
 * shows. Null without one, or when what is left begins like a time as well: then it is not understood.
 */
export function spokenTime(written: string, nowWallMs: number, locale: Locale): SpokenTime | null {
  const head = written.slice(0, LOOKED_AT_LENGTH)
  const tail = written.slice(-LOOKED_AT_LENGTH)
  const first = longest(inBothLanguages(head, nowWallMs, locale).filter(({ index }) => index === 0))
  if (first) {
    const after = written.slice(first.text.length)
    return goesOn(first, after) ? null : found(first, after, nowWallMs)
  }
  const ends = ({ index, text }: ParsedResult) => /^[\s.!]*$/.test(tail.slice(index + text.length))
  const last = longest(inBothLanguages(tail, nowWallMs, locale).filter(ends))
  if (!last) return null
  const before = written.slice(0, written.length - tail.length + last.index)
  return found(last, before.trimEnd().replace(LEADS_TO_TIME, ''), nowWallMs)
}

function goesOn({ start, text }: ParsedResult, after: string): boolean {
  if (GOES_ON.test(after.trimStart())) return true
  return start.isCertain('hour') && BARE_HOUR.test(text) && MINUTES_FOLLOW.test(after)
}

/** Whoever looks sees the person's clock as UTC, so that no other zone's rules come into it. */
function inBothLanguages(text: string, nowWallMs: number, locale: Locale): ParsedResult[] {
  const reference = { instant: new Date(nowWallMs), timezone: 0 }
  const languages = locale === 'ru' ? (['ru', 'en'] as const) : (['en', 'ru'] as const)
  return languages.flatMap((language) => SPEAKERS[language].parse(text, reference))
}

/** Of two that are equally long the first, which is in the person's own language. */
function longest(results: readonly ParsedResult[]): ParsedResult | null {
  const length = Math.max(...results.map(({ text }) => text.length))
  return results.find(({ text }) => text.length === length) ?? null
}

function found({ start, text }: ParsedResult, left: string, nowWallMs: number): SpokenTime | null {
  const rest = left.replace(/^[\s,.:;—–-]+|[\s,;:—–-]+$/gu, '')
  if (BEGINS_LIKE_A_TIME.test(rest)) return null
  if (ONE_WORD.test(text) && start.isCertain('month') && !start.isCertain('day')) return null
  const means = meaningOf(start)
  const said = wallOf(start, means)
  const wallMs = GONE_BY.test(text) ? said : forward(start, said, nowWallMs)
  // "Now" is told with the zone of whoever asked, which is none.
  const zoneNamed = means === 'clock' && start.isCertain('timezoneOffset') && !start.tags().has('casualReference/now')
  const named = zoneNamed ? start.get('timezoneOffset') : null
  return Number.isFinite(wallMs) ? { rest, wallMs, means, offsetMinutes: named } : null
}

function meaningOf(start: ParsedComponents): SpokenTime['means'] {
  if (start.tags().has('result/relativeDateAndTime')) return 'instant'
  return start.tags().has('result/relativeDate') && !start.isCertain('hour') ? 'day' : 'clock'
}

function wallOf(start: ParsedComponents, means: SpokenTime['means']): number {
  const [year, month, day] = [start.get('year') ?? 0, start.get('month') ?? 1, start.get('day') ?? 1]
  const partOfDay = HOURS_IMPLIED.some((part) => start.tags().has(`casualReference/${part}`))
  if (means === 'clock' && !start.isCertain('hour') && !partOfDay) {
    return Date.UTC(year, month - 1, day, DAY_BEGINS_HOUR)
  }
  const [hour, minute, second] = [start.get('hour') ?? 0, start.get('minute') ?? 0, start.get('second') ?? 0]
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** What was said without its day, week or year is the next one that is still to come. */
function forward(start: ParsedComponents, wallMs: number, nowWallMs: number): number {
  if (wallMs > nowWallMs || start.isCertain('year')) return wallMs
  if (start.isCertain('day') && !start.isCertain('month')) return wallMs
  if (start.isCertain('month')) return nextYear(wallMs)
  return wallMs + (start.isCertain('weekday') ? DAYS_PER_WEEK * DAY_MS : DAY_MS)
}

function nextYear(wallMs: number): number {
  return new Date(wallMs).setUTCMonth(new Date(wallMs).getUTCMonth() + MONTHS_PER_YEAR)
}

function withRussianHours(): Chrono {
  const speaker = russian.clone()
  speaker.parsers.push(...RUSSIAN_HOURS)
  return speaker
}
