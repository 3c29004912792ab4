import type { Kysely } from 'kysely'
import {
  activeConversation,
  type Conversation,
  type History,
  type HistoryMessage,
  RESTORE_DAYS,
} from '#domain/conversations'
import { type KeyRing, lockUser, readUser } from '#domain/identity'
import { countReading, isUserDayOver } from '#domain/spending'
import { newId } from '#platform/ids'
import { type LanguageModel, ModelFailure, type TokenUse } from '#platform/llm'
import type { Log } from '#platform/log'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { DIGEST_TOKENS_MAX, digestRequest, knownWithin, linesWithin } from './digest-request.ts'
import { factPlace, forgottenMark, summaryPlace, wordsOf } from './fact.ts'
import { forgottenIds, forgottenMarks, insertFact, keepNewestFacts, readFacts, rewrittenIds } from './fact-store.ts'
import { isForgotten, type Memory } from './memory.ts'
import { type MemoryJob, postponeDigest, retireMemory, settleDigest } from './memory-queue-store.ts'
import { type DigestState, readForDigest } from './memory-store.ts'
import { type Digest, readDigest } from './read-digest.ts'

/** Lines read in one run; a longer talk takes several. */
const LINES_AT_ONCE = 60
/** A summary that is written anew reads no more than this many lines back: each run costs a call. */
const LINES_BACK_MAX = 600
const FACTS_PER_CONVERSATION_MAX = 200
/**
 * A run that failed is tried again after 1, 2, 4 … minutes. After this many it waits until more is said, and lines that
 * the model answers but does not read are passed over.
 */
const TRIES_MAX = 6
const RETRY_BASE_SECONDS = 60

export interface DigestDeps {
  db: Kysely<Database>
  history: History
  memory: Memory
  vault: Vault
  keys: KeyRing
  model: LanguageModel
  /** Messages that wait for credits or a choice: not said yet. */
  keptLines(userId: string): Promise<ReadonlySet<string>>
  /** Facts were added: open pages show them. */
  onFacts(userId: string): void
  log: Log
}

export type LeasedMemory = MemoryJob & { lease_token: number; lease_attempts: number }

/**
 * Reads what was said since the last time and keeps what matters of it: the summary rolls on, new facts are drawn from
 * the person's own lines. Nothing is written unless the lease still holds and the person changed nothing meanwhile.
 */
export async function digestTalk(deps: DigestDeps, job: LeasedMemory, signal: AbortSignal): Promise<void> {
  const state = await readForDigest(deps.db, job)
  const conversation = state && (await activeConversation(deps.db, job.user_id))
  if (!state) return
  if (conversation?.id !== job.conversation_id) return leaveUnread(deps, job)
  const unread = await unreadLines(deps, job, state)
  const lines = linesWithin(unread, deps.model.contextTokens)
  const last = lines.at(-1)
  if (!last) return postponeDigest(deps.db, job, null)
  const readable = await withoutSecrets(deps, job, lines)
  const digest = readable.length > 0 ? await ask(deps, job, { state, lines: readable, signal }) : 'nothing'
  if (signal.aborted) return
  if (digest === 'failed' || (digest === 'unreadable' && job.lease_attempts < TRIES_MAX)) {
    return postponeAfterFailure(deps, job)
  }
  const written = await keep(deps, job, {
    conversation,
    state,
    lines: readable,
    last,
    // What no model reads must not keep it from all that was said since.
    digest: digest === 'unreadable' ? 'nothing' : digest,
    more: unread.length === LINES_AT_ONCE || lines.length < unread.length,
  })
  if (written > 0) deps.onFacts(job.user_id)
}

/** An archived talk is read no more. A reply that was under way when it was archived by a merge has made it due. */
async function leaveUnread({ db }: DigestDeps, job: LeasedMemory): Promise<void> {
  const { user_id: userId, conversation_id: conversationId } = job
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    const active = await activeConversation(tx, userId)
    if (user?.id !== userId || active?.id === conversationId) return
    await retireMemory(tx, { userId, conversationId, days: RESTORE_DAYS })
  })
}

async function unreadLines(
  { db, history }: DigestDeps,
  { user_id: userId, conversation_id: conversationId }: MemoryJob,
  { seenMessageId }: DigestState,
): Promise<HistoryMessage[]> {
  const limit = LINES_AT_ONCE
  return history.following(db, { userId, conversationId, afterId: seenMessageId, backMax: LINES_BACK_MAX, limit })
}

/** Without what waits, and without what is to be forgotten. */
async function withoutSecrets(
  { db, keptLines }: DigestDeps,
  { user_id: userId, conversation_id: conversationId }: MemoryJob,
  lines: HistoryMessage[],
): Promise<HistoryMessage[]> {
  const [kept, forgotten] = await Promise.all([keptLines(userId), forgottenIds(db, userId, conversationId)])
  return lines.filter((line) => line.text !== '' && !kept.has(line.id) && !isForgotten(line, forgotten))
}

/** `failed`: there was no answer; `unreadable`: the model would not, or said something else. */
async function ask(
  deps: DigestDeps,
  { user_id: userId, conversation_id: conversationId }: MemoryJob,
  { state, lines, signal }: { state: DigestState; lines: HistoryMessage[]; signal: AbortSignal },
): Promise<Digest | 'failed' | 'unreadable'> {
  const { db, memory, model, log } = deps
  if (await isUserDayOver(db, userId)) return 'failed'
  const [person, summary, facts] = await Promise.all([
    readUser(db, userId),
    memory.openSummary(userId, conversationId, state.sealedSummary),
    // Not awaited here: what was begun beside it would be heard by nobody if this failed first.
    readFacts(db, userId, [conversationId]).then(memory.openFacts),
  ])
  const known = knownWithin(
    facts.map(({ text }) => text),
    model.contextTokens,
  )
  const { system, text } = digestRequest({ locale: person?.locale ?? 'ru', summary, known, lines })
  let answer = ''
  let tokens = 0
  const onUse = ({ input, output }: TokenUse) => {
    tokens += input + output
  }
  try {
    const messages = [{ role: 'user' as const, text }]
    const request = { system, messages, maxOutputTokens: DIGEST_TOKENS_MAX, signal, onUse }
    for await (const delta of model.streamReply(request)) answer += delta
  } catch (error) {
    if (!signal.aborted) log.warn('memory.model_failed', { error })
    return error instanceof ModelFailure && error.code === 'model_refused' ? 'unreadable' : 'failed'
  } finally {
    await count(db, userId, tokens)
  }
  const digest = readDigest(answer)
  if (!digest) log.warn('memory.answer_unreadable', { length: answer.length })
  return digest ?? 'unreadable'
}

/** Whoever forgets fact after fact has the talk read anew each time: it counts as theirs. */
async function count(db: Kysely<Database>, userId: string, tokens: number): Promise<void> {
  if (tokens === 0) return
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (user) await countReading(tx, user.id, tokens)
  })
}

async function postponeAfterFailure({ db }: DigestDeps, job: LeasedMemory): Promise<void> {
  const tries = job.lease_attempts
  await postponeDigest(db, job, tries >= TRIES_MAX ? null : RETRY_BASE_SECONDS * 2 ** (tries - 1))
}

interface Reading {
  conversation: Conversation
  state: DigestState
  lines: HistoryMessage[]
  last: HistoryMessage
  digest: Digest | 'nothing'
  /** Whether there is more to read at once. */
  more: boolean
}

/** How many facts were added. */
async function keep(deps: DigestDeps, job: LeasedMemory, reading: Reading): Promise<number> {
  const { state, last, digest, more } = reading
  return inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, job.user_id)
    if (user?.id !== job.user_id) return 0
    const key = deps.keys.remember(user.id, user.keyId, user.wrappedKey)
    const sealedSummary =
      digest === 'nothing'
        ? state.sealedSummary
        : deps.vault.seal(key, summaryPlace(job.conversation_id), digest.summary)
    const settled = await settleDigest(tx, job, {
      version: state.version,
      sealedSummary,
      seenMessageId: last.id,
      repliesRead: state.repliesWaiting,
      more,
    })
    if (!settled || digest === 'nothing') return 0
    return addFacts(deps, tx, job, { ...reading, digest, key })
  })
}

async function addFacts(
  { memory, vault }: DigestDeps,
  tx: Executor,
  { user_id: userId, conversation_id: conversationId }: MemoryJob,
  { digest, lines, key }: Reading & { digest: Digest; key: Parameters<Vault['seal']>[0] },
): Promise<number> {
  const facts = await memory.openFacts(await readFacts(tx, userId, [conversationId]))
  const known = new Set(facts.map(({ text }) => wordsOf(text)))
  const rewritten = await rewrittenIds(tx, userId, conversationId)
  const forgotten = await forgottenMarks(tx, userId, conversationId)
  let added = 0
  for (const { line, text } of digest.facts) {
    const source = lines[line - 1]
    // What the companion said is no fact about the person, whatever the model takes it for.
    if (source?.role !== 'user' || known.has(wordsOf(text))) continue
    // The person has said in other words what stands in this line; its own words must not come back beside them.
    if (rewritten.has(source.id)) continue
    if (forgotten.has(forgottenMark(vault, text).toString('hex'))) continue
    const id = newId()
    const sealedText = vault.seal(key, factPlace(id), text)
    const { id: messageId, turnId } = source
    await insertFact(tx, { id, userId, conversationId, messageId, turnId, sealedText })
    known.add(wordsOf(text))
    added += 1
  }
  if (added > 0) await keepNewestFacts(tx, { userId, conversationId, max: FACTS_PER_CONVERSATION_MAX })
  return added
}
