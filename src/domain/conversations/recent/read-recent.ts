import type { Executor } from '#platform/postgres'
import type { HistoryMessage, SealedMessage } from '../message.ts'
import { readForPrompt } from '../message-store.ts'
import type { CachedTalks } from './cached-talks.ts'
import { readSince } from './recent-store.ts'
import { fingerprint, partOf, type RecentTalk } from './recent-talk.ts'

/** So many lines are read beside what is cached before it is cached anew with them. */
const BESIDE_MAX = 16

export interface RecentAt {
  userId: string
  conversationId: string
  questionSeq: number
  linesMax: number
  lengthMax: number
}

/** hit: most of it was cached. stale: what was cached is not what the database has, or not enough. miss: nothing was cached. */
export type RecentOutcome = 'hit' | 'stale' | 'miss'

export interface RecentDeps {
  /** Throws when a line does not open. */
  openLine(line: SealedMessage): Promise<HistoryMessage>
  /** Tells of a line that does not open, and gives null. */
  openSound(line: SealedMessage): Promise<HistoryMessage | null>
  /** Left out: all is read from the database each time. */
  cached?: CachedTalks
  measure?(outcome: RecentOutcome): void
}

type Line = SealedMessage | HistoryMessage

/** Reads what a prompt may see; see History. What is cached saves work and decides nothing: the database says which lines. */
export function recentReader(deps: RecentDeps): (db: Executor, at: RecentAt) => Promise<HistoryMessage[]> {
  const { cached, measure = () => {} } = deps
  return async (db, at) => {
    const talk = await cached?.find(at.userId, at.conversationId)
    const beside = talk ? await readBeside(deps, db, at, talk) : null
    if (cached) measure(beside ? 'hit' : talk ? 'stale' : 'miss')
    const { newest, lines } = beside ?? (await readAll(deps, db, at))
    if (cached && newest) void cached.put(at.userId, at.conversationId, newest).catch(() => {})
    return lines
  }
}

/** `newest`: what is worth keeping of it. */
interface Read {
  lines: HistoryMessage[]
  newest: RecentTalk | null
}

async function readAll(deps: RecentDeps, db: Executor, at: RecentAt): Promise<Read> {
  const lines = await readForPrompt(db, at.userId, at.conversationId, at.questionSeq, at.linesMax)
  const chosen = await choose(deps, at, lines)
  return { lines: chosen.lines, newest: worthCaching(at, chosen, !chosen.isFull && lines.length <= at.linesMax) }
}

/** What is cached and what came after it; null when the database has something else, or more is needed. */
async function readBeside(deps: RecentDeps, db: Executor, at: RecentAt, talk: RecentTalk): Promise<Read | null> {
  const part = partOf(talk)
  const since = await readSince(db, { ...at, ...part })
  if (!since.fingerprint?.equals(fingerprint(talk))) return null
  const known = talk.lines.filter(
    ({ role, seq }) => seq !== at.questionSeq && (role === 'assistant' || seq < at.questionSeq),
  )
  const fitting = [...since.lines.filter(({ seq }) => seq !== at.questionSeq), ...known].slice(0, at.linesMax)
  const question = since.lines.filter(({ seq }) => seq === at.questionSeq)
  const lines: Line[] = [...fitting, ...question].sort((one, other) => other.seq - one.seq)
  const chosen = await choose(deps, at, lines)
  const isEnough = talk.whole || chosen.isFull || fitting.length === at.linesMax
  if (!isEnough) return null
  const isWhole = talk.whole && !chosen.isFull && fitting.length < at.linesMax
  const isLong = since.lines.length > BESIDE_MAX && at.questionSeq > part.topSeq
  return { lines: chosen.lines, newest: isLong ? worthCaching(at, chosen, isWhole) : null }
}

interface Chosen {
  lines: HistoryMessage[]
  /** There is no room for more. */
  isFull: boolean
  isSound: boolean
}

/** Opens lines, newest first, until there is no room; the question in any case. */
async function choose(deps: RecentDeps, { questionSeq, lengthMax }: RecentAt, lines: readonly Line[]): Promise<Chosen> {
  const chosen: Chosen = { lines: [], isFull: false, isSound: true }
  let length = 0
  // Opening costs more than reading: what does not fit anyway stays sealed.
  for (const line of lines) {
    const isQuestion = line.seq === questionSeq
    if (chosen.isFull && !isQuestion) continue
    const message = 'text' in line ? line : isQuestion ? await deps.openLine(line) : await deps.openSound(line)
    if (message) chosen.lines.push(message)
    else chosen.isSound = false
    length += message?.text.length ?? 0
    chosen.isFull = length > lengthMax
  }
  return chosen
}

/**
 * All that was said up to the question, without a hole: what came after it may be the person's and was not read. Null
 * when a line is damaged, which is to be told each time, or when nothing before the question was read.
 */
function worthCaching(at: RecentAt, { lines, isSound }: Chosen, whole: boolean): RecentTalk | null {
  const upTo = lines.filter(({ seq }) => seq <= at.questionSeq)
  const isInside = upTo[0]?.seq === at.questionSeq && upTo[0].conversationId === at.conversationId
  if (!isSound || !isInside || (upTo.length === 1 && !whole)) return null
  return { lines: upTo, whole }
}
