import { noticeTopic } from '../notice-topic.ts'
import type { Topic } from '../topic.ts'
import { ENGLISH } from './english.ts'
import type { FactPattern } from './fact-pattern.ts'
import { RUSSIAN } from './russian.ts'
import { sentencesOf } from './write-summary.ts'

/** Nothing is written down about these. */
const NOT_DRAWN: ReadonlySet<Topic | null> = new Set(['distress', 'minor', 'injection', 'explicit', 'insult', 'loss'])

/** What a line of a person tells about them, in short sentences of the same language. Questions tell nothing. */
export function drawFacts(line: string): string[] {
  const facts = sentencesOf(line.replaceAll('\n', '. '))
    .filter((sentence) => !sentence.endsWith('?') && !NOT_DRAWN.has(noticeTopic(sentence)))
    .flatMap((sentence) => waysOf(sentence).flatMap((way) => factsIn(sentence, way)))
  return [...new Set(facts)]
}

function waysOf(sentence: string): readonly FactPattern[] {
  return /\p{Script=Cyrillic}/u.test(sentence) ? RUSSIAN : ENGLISH
}

function factsIn(sentence: string, { pattern, say }: FactPattern): string[] {
  return [...sentence.matchAll(pattern)].flatMap(({ groups }) => say({ ...groups }) ?? [])
}
