import type { Locale } from '#contract/words'
import { THEMES } from '../lines/themes.ts'
import { noticeTopic } from '../notice-topic.ts'
import { isWorthRecalling, quote } from '../quote.ts'
import type { Topic } from '../topic.ts'

const MOST_SENTENCES = 4
const LONGEST_SUMMARY_CHARACTERS = 800
const MOST_THEMES = 3
const MOST_QUOTES = 2
/** Not repeated word for word where it will be read again and again. */
const NOT_QUOTED: ReadonlySet<Topic | null> = new Set([
  'distress',
  'minor',
  'injection',
  'explicit',
  'insult',
  'nature',
  'memory',
  'myName',
  'tellName',
  'greeting',
  'short',
])
const WORDS = {
  ru: {
    themes: (themes: string) => `Разговор шёл ${themes}.`,
    quotes: (quotes: readonly string[]) => `Звучало: ${quotes.map((one) => `«${one}»`).join(', ')}.`,
    nothing: 'Короткий разговор без подробностей.',
  },
  en: {
    themes: (themes: string) => `The talk was ${themes}.`,
    quotes: (quotes: readonly string[]) => `Said among other things: ${quotes.map((one) => `“${one}”`).join(', ')}.`,
    nothing: 'A short talk without particulars.',
  },
}

/** What was said before, as far as there is room, and then what these lines were about. */
export function writeSummary(previous: string | null, spoken: readonly string[], language: Locale): string {
  const words = WORDS[language]
  const themes = latest(
    spoken.flatMap((text) => THEMES[language][noticeTopic(text) ?? 'short'] ?? []),
    MOST_THEMES,
  )
  const quotes = latest(
    spoken
      .filter((text) => isWorthRecalling(text) && !NOT_QUOTED.has(noticeTopic(text)))
      .flatMap((text) => quote(text) ?? []),
    MOST_QUOTES,
  )
  const now = [
    ...(themes.length > 0 ? [words.themes(themes.join(', '))] : []),
    ...(quotes.length > 0 ? [words.quotes(quotes)] : []),
  ]
  const before = sentencesOf(previous ?? '').filter((sentence) => !now.includes(sentence) && sentence !== words.nothing)
  const summary = [...before.slice(now.length - MOST_SENTENCES), ...now].join(' ')
  return summary.slice(0, LONGEST_SUMMARY_CHARACTERS) || words.nothing
}

/** The last different ones, in the order in which they came. */
function latest(items: readonly string[], most: number): string[] {
  return [...new Set(items)].slice(-most)
}

/** Text in pieces that end with a stop; what has none is one piece. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…]["»”)]?)\s+/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean)
}
