import type { Conversation } from './conversation.ts'
import { createDice, type Dice } from './dice.ts'
import { ARINA_EN } from './lines/arina-en.ts'
import { ARINA_RU } from './lines/arina-ru.ts'
import { CASSANDRA_EN } from './lines/cassandra-en.ts'
import { CASSANDRA_RU } from './lines/cassandra-ru.ts'
import { FRIEND_EN, FRIEND_RU } from './lines/friend.ts'
import { THEMES } from './lines/themes.ts'
import { noticeTopic } from './notice-topic.ts'
import { findName, isWorthRecalling, quote } from './quote.ts'
import { findRememberedName } from './remembered.ts'
import type { Lines, Topic } from './topic.ts'

const MOST_SENTENCES = 4
const MOST_FACTS = 3
const QUOTED = { ru: (words: string) => `«${words}»`, en: (words: string) => `“${words}”` }
const VOICES = {
  arina: { ru: ARINA_RU, en: ARINA_EN },
  cassandra: { ru: CASSANDRA_RU, en: CASSANDRA_EN },
  friend: { ru: FRIEND_RU, en: FRIEND_EN },
}
/** Answers that stand alone: what was said before, or a question, would play over something serious. */
const ALONE: ReadonlySet<Topic> = new Set(['distress', 'minor', 'injection', 'explicit', 'nature', 'memory', 'myName'])
/** Never brought up again by this model. */
const NOT_RECALLED: ReadonlySet<Topic | null> = new Set([...ALONE, 'insult', 'tellName', 'greeting', 'short'])
const NO_QUESTION_AFTER: ReadonlySet<Topic> = new Set(['farewell', 'story', 'insult'])

/**
 * Writes one to four sentences in the persona's voice about the last question and something said earlier.
 * The same conversation always gets the same answer.
 */
export function composeAnswer(conversation: Conversation): string {
  const lines = VOICES[conversation.voice][conversation.language]
  const dice = createDice(`${conversation.voice} ${conversation.seed}`)
  const choose = (items: readonly string[] = []) => dice.pick(unsaid(items, conversation.answered))
  const topic = noticeTopic(conversation.question)
  const name = findName([...conversation.earlier, conversation.question]) ?? findRememberedName(conversation.remembered)
  const parts = [react(conversation, lines, topic, name, choose, dice)]
  if (conversation.first && topic !== 'nature') parts.push(choose(lines.first))
  if (!topic || !ALONE.has(topic)) {
    parts.push(recall(conversation, lines, topic, name, choose, dice))
    if (!topic || !NO_QUESTION_AFTER.has(topic)) parts.push(ask(lines, topic, choose))
  }
  return keepShort(parts.filter((part) => part !== undefined))
}

type Choose = (items?: readonly string[]) => string | undefined

function react(
  { question, earlier, remembered, language }: Conversation,
  lines: Lines,
  topic: Topic | null,
  name: string | null,
  choose: Choose,
  dice: Dice,
): string | undefined {
  if (topic === 'nature') return choose(lines.nature)
  if (topic === 'myName' && name) return fill(choose(lines.knowsName), { name })
  if (topic === 'memory' && remembered.length > 0) {
    const facts = remembered.slice(0, MOST_FACTS).map((fact) => QUOTED[language](quote(fact) ?? fact))
    return fill(choose(lines.remembersFacts), { facts: facts.join(', ') })
  }
  if (topic === 'memory' || topic === 'myName') {
    const kept = dice.pick(worthRecalling(earlier).slice(-3))
    return kept ? fill(choose(lines.remembers), { earlier: quote(kept) ?? kept }) : choose(lines.remembersNothing)
  }
  const known = topic && lines.topics[topic]
  if (known && (topic !== 'tellName' || name)) return fill(choose(known), { name: name ?? '' })
  const words = quote(question)
  if (!words) return choose(lines.topics.short)
  const card = dice.pick(lines.cards ?? [])
  const about = question.includes('?') ? lines.aboutQuestion : lines.aboutWords
  return fill(choose(about), { quote: words, card: card?.name ?? '', meaning: dice.pick(card?.meanings ?? []) ?? '' })
}

function recall(
  { earlier, language, question }: Conversation,
  lines: Lines,
  topic: Topic | null,
  name: string | null,
  choose: Choose,
  dice: Dice,
): string | undefined {
  const kept = dice.pick(worthRecalling(earlier).filter((text) => text !== question))
  if (!kept) return name && topic !== 'tellName' ? fill(choose(lines.recallName), { name }) : undefined
  const earlierTopic = noticeTopic(kept)
  const theme = earlierTopic && earlierTopic !== topic ? THEMES[language][earlierTopic] : undefined
  if (theme && dice.below(2) === 0) return fill(choose(lines.recallTheme), { theme })
  return fill(choose(lines.recallQuote), { earlier: quote(kept) ?? kept })
}

function worthRecalling(earlier: readonly string[]): readonly string[] {
  return earlier.filter((text) => isWorthRecalling(text) && !NOT_RECALLED.has(noticeTopic(text)))
}

function ask(lines: Lines, topic: Topic | null, choose: Choose): string | undefined {
  return choose((topic && lines.asks[topic]) || lines.asksAny)
}

/** Lines not said yet in this conversation, by their words before the first blank; all of them when none is left. */
function unsaid(items: readonly string[], answered: string): readonly string[] {
  const fresh = items.filter((item) => {
    const longest = item.split(/\{\w+\}/).reduce((best, piece) => (piece.length > best.length ? piece : best), '')
    return !answered.includes(longest.trim())
  })
  return fresh.length > 0 ? fresh : items
}

/** Fills all blanks in one pass, so that braces in a person's own words stay words. */
function fill(line: string | undefined, values: Record<string, string>): string | undefined {
  return line?.replace(/\{(\w+)\}/g, (blank, key: string) => values[key] ?? blank)
}

/** Takes parts in order while the whole stays within four sentences. */
function keepShort(parts: readonly string[]): string {
  let sentences = 0
  const kept = parts.filter((part) => {
    const count = countSentences(part)
    if (sentences > 0 && sentences + count > MOST_SENTENCES) return false
    sentences += count
    return true
  })
  return kept.join(' ')
}

/** Ends of sentences: a stop followed by space or the end, quoted marks included. */
export function countSentences(text: string): number {
  return text.match(/[.!?…]+["»”]?(?=\s|$)/gu)?.length ?? 1
}
