import type { Kysely } from 'kysely'
import { findConversation, type History, type HistoryMessage } from '#domain/conversations'
import { readUser } from '#domain/identity'
import type { Memory } from '#domain/memory'
import type { Catalogue } from '#domain/personas'
import type { Risk } from '#domain/safety'
import type { Clock } from '#platform/clock'
import type { LanguageModel } from '#platform/llm'
import type { Database } from '#platform/postgres'
import { type Aside, asideFor, CLOSED } from '../aside/aside.ts'
import type { Listener } from '../aside/aside-text.ts'
import { risksOf, type Safeguard } from '../aside/safeguard.ts'
import type { Turn } from '../turn.ts'
import { readLeftOut } from '../turn-store.ts'
import { assemblePrompt, type Prompt, RECENT_LENGTH_MAX } from './assemble-prompt.ts'

/** More lines than this never fit the token budget. */
const RECENT_LINES_MAX = 200
/** Who was in danger within so many lines is talked to gently. */
const GENTLE_LINES = 20

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
  safeguard: Safeguard
  /**
   * Does what the question asks of the product itself, once however often it is answered; gives what the companion is to
   * know of it, null for nothing.
   */
  heed?(asked: Asked): Promise<string | null>
}

/** What a turn is answered with: by the companion from this prompt, or by the product itself. */
export type Prepared =
  | { prompt: Prompt; listener: Listener; risks: ReadonlySet<Risk> }
  | { aside: Aside; listener: Listener }

/**
 * Reads the question, and what the model needs to answer it; null when its conversation or persona is gone. A question
 * that is not for a companion reaches neither the model nor whoever heeds wishes.
 */
export async function preparePrompt(deps: PromptDeps, turn: Turn): Promise<Prepared | null> {
  const talk = await readTalk(deps, turn)
  if (!talk) return null
  const { conversation, person, persona, question, recent } = talk
  const closed = person.minorLockedAt !== null
  const listener = { locale: person.locale, timezone: person.timezone, wrote: question.text, closed }
  const risks = await risksOf(deps.safeguard, question.text, (found) => asideFor(found) !== null)
  const aside = asideFor(risks) ?? (closed ? CLOSED : null)
  if (aside) return { aside, listener }
  const heeded = deps.heed ? await deps.heed(asked(turn, question)) : null
  const { personaId, storyId } = conversation
  const prompt = assemblePrompt({
    persona,
    story: (storyId && deps.catalogue.story(personaId, storyId, person.locale)) || null,
    recent,
    recollection: talk.recollection,
    kept: talk.leftOut.messageIds,
    question: { id: turn.messageId, interface: turn.interface },
    heeded,
    canary: deps.safeguard.canary,
    notes: {
      gentle: recent.slice(0, GENTLE_LINES).some(({ turnId }) => turnId && talk.leftOut.crisisTurnIds.has(turnId)),
      asksIfAi: risks.has('asks_if_ai'),
      explicit: risks.has('explicit'),
    },
    person,
    now: deps.clock.now(),
    contextTokens: deps.model.contextTokens,
  })
  return { prompt, listener, risks }
}

/** All that is read at once: each question that waits for another one's answer is felt by whoever asked. */
async function readTalk({ db, history, catalogue, memory }: PromptDeps, turn: Turn) {
  const { userId, conversationId } = turn
  if (conversationId === null) return null
  const found = findConversation(db, userId, conversationId)
  const [conversation, recollection, person, leftOut, recent] = await Promise.all([
    found,
    found.then((talk) => talk && memory.recall(db, talk, catalogue.remembers(talk.personaId))),
    readUser(db, userId),
    readLeftOut(db, userId),
    history.recent(db, {
      userId,
      conversationId,
      questionSeq: turn.messageSeq,
      linesMax: RECENT_LINES_MAX,
      lengthMax: RECENT_LENGTH_MAX,
    }),
  ])
  const persona = conversation && person && catalogue.localized(conversation.personaId, person.locale)
  if (!persona || !conversation || !recollection || !person) return null
  const question = recent.find(({ id }) => id === turn.messageId)
  if (!question) throw new Error('the question is not in its own conversation')
  return { conversation, recollection, person, persona, leftOut, recent, question }
}

function asked({ userId, messageId, address }: Turn, { text, createdAt }: HistoryMessage): Asked {
  return { userId, messageId, text, at: createdAt, address }
}
