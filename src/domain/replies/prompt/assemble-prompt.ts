import type { Interface, Locale } from '#contract/words'
import type { HistoryMessage } from '#domain/conversations'
import { isForgotten, type Recollection } from '#domain/memory'
import type { LocalizedPersona, StoryText } from '#domain/personas'
import { lengthWithin, tokensOf } from '#platform/llm'
import { houseRules, type Notes, noteLines } from './house-rules.ts'
import { knownFacts } from './known-facts.ts'
import { PROMPT_WORDS } from './prompt-words.ts'
import { quoted } from './quoted.ts'

export const REPLY_TOKENS_MAX = 800
/** Room for recent messages, beside persona and memory, where the model has as much. */
const RECENT_TOKENS_MAX = 4_000
/** What a model with a small window is given at least: less is no talk. */
const RECENT_TOKENS_MIN = 500
/** Room for what is remembered; the newest facts come first into it. */
const FACTS_TOKENS_MAX = 1_200
/** What roles and separators of the messages take. */
const FRAME_TOKENS = 200

/** What can fit at all, in UTF-16 units. */
export const RECENT_LENGTH_MAX = lengthWithin(RECENT_TOKENS_MAX)

export interface PromptMessage {
  role: 'user' | 'assistant'
  text: string
}

export interface Prompt {
  system: string
  messages: PromptMessage[]
}

export interface PromptInput {
  persona: LocalizedPersona
  story: StoryText | null
  /** Newest first, the question among them. */
  recent: HistoryMessage[]
  recollection: Recollection
  /** Messages that are for no model: not said yet, refused, or said by the product. */
  kept: Set<string>
  question: { id: string; interface: Interface }
  /** A word that is looked for in what comes out. */
  canary: string
  /** What holds of this question. */
  notes: Notes
  /** What was done about the question already, beside the answer. */
  heeded?: string | null
  person: { displayName: string; locale: Locale; timezone: string | null }
  now: Date
  /** Tokens that prompt and reply may have together. */
  contextTokens: number
}

/**
 * What the model is given: persona, story, memory and facts as the system text, then the talk in order, ending with
 * the question itself. Answers that other lanes finished meanwhile come before it.
 */
export function assemblePrompt(input: PromptInput): Prompt {
  const question = input.recent.find((line) => line.id === input.question.id)
  if (!question) throw new Error('the question is not in its own conversation')
  const earlier = input.recent.filter((line) => line.id !== question.id && isSaid(line, input))
  const system = systemText(input, earlier[0])
  const talk = withinBudget([question, ...earlier], roomFor(input.contextTokens, system))
  return { system, messages: talk.reverse().map(toPromptMessage) }
}

/** Neither empty, nor waiting, nor to be forgotten. */
function isSaid(line: HistoryMessage, { kept, recollection }: PromptInput): boolean {
  return line.text !== '' && !kept.has(line.id) && !isForgotten(line, recollection.forgotten)
}

function roomFor(contextTokens: number, system: string): number {
  const left = contextTokens - REPLY_TOKENS_MAX - FRAME_TOKENS - tokensOf(system)
  return Math.max(RECENT_TOKENS_MIN, Math.min(RECENT_TOKENS_MAX, left))
}

/** Newest first, the question always. */
function withinBudget(talk: HistoryMessage[], tokensMax: number): HistoryMessage[] {
  let tokens = 0
  const fits = talk.findIndex((line) => {
    tokens += tokensOf(line.text)
    return tokens > tokensMax
  })
  return fits === -1 ? talk : talk.slice(0, Math.max(1, fits))
}

function toPromptMessage(line: HistoryMessage): PromptMessage {
  return { role: line.role === 'assistant' ? 'assistant' : 'user', text: line.text }
}

function systemText(input: PromptInput, previous: HistoryMessage | undefined): string {
  const { persona, story, person } = input
  const words = PROMPT_WORDS[person.locale]
  const sections = [
    persona.prompt,
    houseRules(person.locale, input.canary),
    story && `${words.story}\n${story.setting}`,
    ...remembered(input.recollection, person.locale),
    knownFacts(input, previous),
    ...noteLines(person.locale, input.notes),
  ]
  return sections.filter(Boolean).join('\n\n')
}

function remembered({ summary, facts }: Recollection, locale: Locale): string[] {
  const words = PROMPT_WORDS[locale]
  let tokens = 0
  const fitting = facts.toReversed().filter((text) => {
    tokens += tokensOf(text)
    return tokens <= FACTS_TOKENS_MAX
  })
  const listed = fitting.reverse().map((text) => `- ${quoted(text)}`)
  return [
    summary === null ? '' : `${words.summary}\n${quoted(summary)}`,
    listed.length === 0 ? '' : [words.remembered, ...listed].join('\n'),
  ]
}
