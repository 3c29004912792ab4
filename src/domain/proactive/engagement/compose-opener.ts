import type { Kysely } from 'kysely'
import { findConversation, type History } from '#domain/conversations'
import { readUser } from '#domain/identity'
import type { Memory } from '#domain/memory'
import type { Catalogue, LocalizedPersona } from '#domain/personas'
import { keptMessageIds } from '#domain/replies'
import { claimsHuman, readRisks } from '#domain/safety'
import type { Clock } from '#platform/clock'
import { type LanguageModel, ModelFailure } from '#platform/llm'
import type { Log } from '#platform/log'
import type { Database } from '#platform/postgres'
import { OPENER_TOKENS_MAX, type OpenerPrompt, openerPrompt } from './opener-prompt.ts'

/** More lines than this are not read to write one. */
const LINES_MAX = 30
/** A longer text is not what was asked for, in UTF-16 units. */
const OPENER_LENGTH_MAX = 1_200
/** A text that took its worker down this often is not asked for again. */
const TRIES_MAX = 3

export interface ComposeDeps {
  db: Kysely<Database>
  history: History
  memory: Memory
  catalogue: Catalogue
  model: LanguageModel
  clock: Clock
  log: Log
}

/** Whom to write to and in which talk, at which moment of their silence, and how often it was tried before. */
export interface ToCompose {
  userId: string
  conversationId: string
  cause: string
  moment: number
  tries: number
}

/**
 * A text in the companion's voice, from what she remembers; one of her author's where no model writes it. Null when
 * there is neither.
 */
export async function composeOpener(deps: ComposeDeps, at: ToCompose, signal: AbortSignal): Promise<string | null> {
  const { db, catalogue, model } = deps
  const [person, conversation] = await Promise.all([
    readUser(db, at.userId),
    findConversation(db, at.userId, at.conversationId),
  ])
  const persona = person && conversation && catalogue.localized(conversation.personaId, person.locale)
  if (!persona || !conversation) return null
  if (model.isDemonstration || at.tries > TRIES_MAX) return authorsOpener(persona, at)
  const [recollection, kept, lines] = await Promise.all([
    deps.memory.recall(db, conversation, persona.remembers),
    keptMessageIds(db, at.userId),
    deps.history.newest(db, {
      userId: at.userId,
      conversationId: conversation.id,
      beforeSeq: null,
      limit: LINES_MAX,
    }),
  ])
  const { personaId, storyId } = conversation
  const story = storyId ? catalogue.story(personaId, storyId, person.locale) : null
  const input = { persona, story, person, now: deps.clock.now(), recollection, lines, kept }
  const written = await ask(deps, openerPrompt(input), signal)
  return written ?? authorsOpener(persona, at)
}

/** Null when the model does not answer, or not with a message, or with what a companion does not say. */
async function ask({ model, log }: ComposeDeps, prompt: OpenerPrompt, signal: AbortSignal): Promise<string | null> {
  let answer = ''
  try {
    for await (const delta of model.streamReply({ ...prompt, maxOutputTokens: OPENER_TOKENS_MAX, signal })) {
      answer += delta
    }
  } catch (error) {
    if (signal.aborted) return null
    log.warn('engagement.model_failed', error instanceof ModelFailure ? { code: error.code } : { error })
    return null
  }
  const text = answer.trim()
  return text === '' || text.length > OPENER_LENGTH_MAX || !maySay(text) ? null : text
}

function maySay(text: string): boolean {
  return !claimsHuman(text) && !readRisks(text).has('minor_sexual')
}

/** Another one at each moment, and at the same moment of another silence not always the same. */
function authorsOpener({ openers }: LocalizedPersona, { cause, moment }: ToCompose): string | null {
  const silence = Number.parseInt(cause, 10)
  return openers[(silence + moment) % openers.length] ?? null
}
