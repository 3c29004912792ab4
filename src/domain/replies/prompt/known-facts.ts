import type { Interface, Locale } from '#contract/words'
import type { HistoryMessage } from '#domain/conversations'
import { PROMPT_WORDS } from './prompt-words.ts'
import { quoted } from './quoted.ts'

/** A pause shorter than this is no news to anybody. */
const PAUSE_TOLD_MS = 3_600_000
const NAME_MAX_LENGTH = 64

interface Circumstances {
  person: { displayName: string; locale: Locale; timezone: string | null }
  question: { interface: Interface }
  heeded?: string | null
  now: Date
}

/** What the model cannot know by itself: where and when the person writes, the name, how long it was quiet. */
export function knownFacts(
  { person, question, heeded, now }: Circumstances,
  previous: HistoryMessage | undefined,
): string {
  const words = PROMPT_WORDS[person.locale]
  const lines = [words.facts, words.place[question.interface]]
  const clock = clockOf(person.locale, person.timezone ?? 'UTC')
  lines.push(person.timezone ? words.now(clock.format(now)) : words.nowUtc(clock.format(now)))
  if (person.displayName) lines.push(words.name(quoted(person.displayName.slice(0, NAME_MAX_LENGTH))))
  const pauseMs = previous ? now.getTime() - previous.createdAt.getTime() : 0
  if (pauseMs >= PAUSE_TOLD_MS) lines.push(words.pause(Math.round(pauseMs / 3_600_000)))
  if (heeded) lines.push(heeded)
  return lines.join('\n- ')
}

/** One per language and zone: making a formatter costs more than the rest of a prompt. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(locale: Locale, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`
  const clock = clocks.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone })
  clocks.set(key, clock)
  return clock
}
