import type { Locale } from '#contract/words'
import { claimsHuman } from '#domain/safety'
import type { Texts } from '#platform/texts'
import { languageOf } from '../aside/language-of.ts'

/** A sentence with what ends it and the space behind it. */
const SENTENCE = /[^.!?…\n]*(?:[.!?…]+["»”)]*\s*|\n+\s*|$)/gu

/** Beginnings of words by which a reply says what writes, in both languages. */
const SAYS_SO = [
  'искусственн',
  'нейросет',
  'нейронн',
  'модел',
  'программ',
  'алгоритм',
  'artificial',
  'model',
  'program',
]
const SAYS_SO_WHOLE = ['ии', 'ai', 'бот', 'bot', 'chatbot', 'llm']

/**
 * A reply that denies being an AI, put right: after a sincere question all of it, else the sentences that say so. After a
 * sincere question one that says neither gets the truth behind it. Any other reply is given back as it is.
 */
export function speakTrue(
  texts: Texts,
  reply: string,
  { asked, locale: own }: { asked: boolean; locale: Locale },
): string {
  const denies = claimsHuman(reply)
  if (!denies && (!asked || saysSo(reply))) return reply
  const truth = texts.say(languageOf(reply) ?? own, 'safety-is-ai')
  if (!denies) return `${reply.trimEnd()}\n\n${truth}`
  if (asked) return truth
  let told = false
  const sentences = (reply.match(SENTENCE) ?? []).map((sentence) => {
    if (!claimsHuman(sentence)) return sentence
    if (told) return ''
    told = true
    return `${truth}${/\s+$/u.exec(sentence)?.[0] ?? ''}`
  })
  const put = sentences.join('')
  return told && !claimsHuman(put) ? put : truth
}

function saysSo(reply: string): boolean {
  const words = reply.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.some((word) => SAYS_SO_WHOLE.includes(word) || SAYS_SO.some((start) => word.startsWith(start)))
}
