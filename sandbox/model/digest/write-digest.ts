import type { Locale } from '#contract/words'
import { readLanguage } from '../conversation.ts'
import { drawFacts } from './draw-facts.ts'
import type { Digest } from './read-digest.ts'
import { writeSummary } from './write-summary.ts'

const FACTS_MAX = 20

/** The answer to a digest, as JSON: a few sentences about the talk, and facts from the person's own lines. */
export function writeDigest({ previousSummary, known, lines }: Digest): string {
  const spoken = lines.filter(({ who }) => who === 'person')
  const language = languageOf(lines)
  const told = new Set(known.map(bare))
  const facts = spoken
    .flatMap(({ n, text }) => drawFacts(text).map((fact) => ({ line: n, text: fact })))
    .filter(({ text }) => {
      const fact = bare(text)
      if ([...told].some((one) => holds(one, fact))) return false
      told.add(fact)
      return true
    })
  const summary = writeSummary(
    previousSummary,
    spoken.map(({ text }) => text),
    language,
  )
  return JSON.stringify({ summary, facts: facts.slice(0, FACTS_MAX) })
}

/** That of what the person says. */
function languageOf(lines: Digest['lines']): Locale {
  const said = (by: string) =>
    lines
      .filter(({ who }) => who === by)
      .map(({ text }) => text)
      .join('\n')
  return readLanguage('', said('person'), [said('companion')])
}

/** A fact without what differs between two ways of writing it. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether one text says the other, whole words. */
function holds(text: string, fact: string): boolean {
  return ` ${text} `.includes(` ${fact} `)
}
