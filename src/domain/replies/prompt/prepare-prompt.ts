import type { Kysely } from 'kysely'
import { findConversation, type History, type HistoryMessage } from '#domain/conversations'
import { readUser } from '#domain/identity'
import type { Memory } from '#domain/memory'
import type { Catalogue } from '#domain/personas'
import type { Clock } from '#platform/clock'
import type { LanguageModel } from '#platform/llm'
import type { Database } from '#platform/postgres'
import type { Turn } from '../turn.ts'
import { keptMessageIds } from '../turn-store.ts'
import { assemblePrompt, type Prompt, RECENT_LENGTH_MAX } from './assemble-prompt.ts'

/** More lines than this never fit the token budget. */
const RECENT_LINES_MAX = 200

/** A question, as whoever does what it asks of the product itself sees it. */
export interface Asked {
  userId: string
  messageId: string
  text: string
  at: Date
  /** The chat it came from; null for pages. */
  address: string | null
}

export interface PromptDeps {
  db: Kysely<Database>
  history: History
  memory: Memory
  catalogue: Catalogue
  model: Pick<LanguageModel, 'contextTokens'>
  clock: Clock
  /**
   * Does what the question asks of the product itself, once however often it is answered; gives what the companion is to
   * know of it, null for nothing.
   */
  heed?(asked: Asked): Promise<string | null>
}

/** Reads what the model needs for this turn; null when its conversation or persona is gone. */
export async function preparePrompt(deps: PromptDeps, turn: Turn): Promise<Prompt | null> {
  const { db, history, memory, catalogue } = deps
  const { userId, conversationId } = turn
  if (conversationId === null) return null
  const [conversation, person, kept, recent] = await Promise.all([
    findConversation(db, userId, conversationId),
    readUser(db, userId),
    keptMessageIds(db, userId),
    history.recent(db, {
      userId,
      conversationId,
      questionSeq: turn.messageSeq,
      linesMax: RECENT_LINES_MAX,
      lengthMax: RECENT_LENGTH_MAX,
    }),
  ])
  const persona = conversation && person && catalogue.localized(conversation.personaId, person.locale)
  if (!persona || !conversation || !person) return null
  const question = recent.find(({ id }) => id === turn.messageId)
  const heeded = question && deps.heed ? await deps.heed(asked(turn, question)) : null
  const recollection = await memory.recall(db, conversation, persona.remembers)
  const story = conversation.storyId && catalogue.story(conversation.personaId, conversation.storyId, person.locale)
  return assemblePrompt({
    persona,
    story: story || null,
    recent,
    recollection,
    kept,
    question: { id: turn.messageId, interface: turn.interface },
    heeded,
    person,
    now: deps.clock.now(),
    contextTokens: deps.model.contextTokens,
  })
}

function asked({ userId, messageId, address }: Turn, { text, createdAt }: HistoryMessage): Asked {
  return { userId, messageId, text, at: createdAt, address }
}
