import type { Kysely } from 'kysely'
import type { GrowingReply, OutsideChannel } from '#domain/delivery'
import { reach } from '#platform/failpoints'
import type { LanguageModel } from '#platform/llm'
import type { Log } from '#platform/log'
import type { Database } from '#platform/postgres'
import { failTurn, type SettleDeps } from './fail-turn.ts'
import { finishReply } from './finish-reply.ts'
import { clearChat, growInChat, leaveChat } from './grow-in-chat.ts'
import type { LiveReplies, LiveReply } from './live-replies.ts'
import { type Prompt, REPLY_TOKENS_MAX } from './prompt/assemble-prompt.ts'
import { type PromptDeps, preparePrompt } from './prompt/prepare-prompt.ts'
import { recapBeforeReply } from './recap.ts'
import type { Turn } from './turn.ts'
import { type LeasedTurn, markRunning, readLeasedTurn } from './turn-store.ts'
import { watchForStop } from './watch-for-stop.ts'

/** A question that took its worker down this often is not asked again. */
const CRASHES_MAX = 10

export interface WriteReplyDeps extends SettleDeps, PromptDeps {
  db: Kysely<Database>
  /** Writes that a crash of the server may forget: the lease itself, and that a turn is running. */
  leaseDb: Kysely<Database>
  model: LanguageModel
  channels: Map<string, OutsideChannel>
  live: LiveReplies
  log: Log
}

/**
 * Answers one leased turn: prompt, stream, and either a finished reply or a failure. `lease` aborts when somebody
 * else took the turn or the process drains; then nothing is written, and the next holder starts anew.
 */
export async function writeReply(deps: WriteReplyDeps, leased: LeasedTurn, lease: AbortSignal): Promise<void> {
  // Whoever asks to stop from here on is heard; who asked before is in the row.
  const reply = await deps.live.listen(leased)
  try {
    await reach('turn.leased', leased.userId)
    const turn = await markRunning(deps.leaseDb, leased)
    if (!turn) return
    await reach('turn.running', turn.userId)
    if (turn.cancelRequested) await failUnwritten(deps, turn, 'cancelled')
    else if (turn.leaseAttempts > CRASHES_MAX) await failUnwritten(deps, turn, 'worker_crashed')
    else await write(deps, turn, reply, lease)
  } finally {
    await reply.end()
  }
}

/** Whoever wrote at it before may have left something in the chat. */
async function failUnwritten(deps: WriteReplyDeps, turn: Turn, code: string): Promise<void> {
  await clearChat(deps, turn)
  await failTurn(deps, turn, code)
}

async function write(deps: WriteReplyDeps, turn: Turn, reply: LiveReply, lease: AbortSignal): Promise<void> {
  reply.start()
  const growing = growInChat(deps, turn)
  const stopWatching = watchForStop(deps.db, turn, reply)
  // Owed before the reply is, and told beside the model's work.
  const recapped = recapBeforeReply(deps, turn).catch((error) => deps.log.warn('reply.recap_failed', { error }))
  let settled = false
  try {
    const code = await stream(deps, turn, { reply, growing }, lease)
    await reach('reply.written', turn.userId)
    await recapped
    if (!lease.aborted) settled = await settle(deps, turn, { reply, growing, code })
  } finally {
    stopWatching()
    if (!settled) void leaveChat(deps, turn, growing)
  }
}

/** Ends the turn as it went; false when it was no longer ours to end, and what grew in the chat is still there. */
async function settle(
  deps: WriteReplyDeps,
  turn: Turn,
  { reply, growing, code }: { reply: LiveReply; growing: GrowingReply | null; code: string | null },
): Promise<boolean> {
  const unshown = reply.stopped() && reply.text().trim() === ''
  const failure = unshown ? 'cancelled' : code
  const replaces = (await growing?.end(failure === null)) ?? null
  if (failure === null) return finishReply(deps, turn, reply.text(), replaces)
  await failTurn(deps, turn, failure)
  return true
}

/** Fills the live reply; a stable code when the model failed. A reply that the person stopped is no failure. */
async function stream(
  deps: WriteReplyDeps,
  turn: Turn,
  { reply, growing }: { reply: LiveReply; growing: GrowingReply | null },
  lease: AbortSignal,
): Promise<string | null> {
  try {
    const prompt = (await preparePrompt(deps, turn)) ?? (await promptOfPresentUser(deps, turn))
    if (!prompt) return 'no_conversation'
    const signal = AbortSignal.any([lease, reply.stopSignal])
    const deltas = deps.model.streamReply({ ...prompt, maxOutputTokens: REPLY_TOKENS_MAX, signal })
    await reach('prompt.ready', turn.userId)
    for await (const delta of deltas) {
      reply.add(delta)
      growing?.show(reply.text())
      await reach('reply.growing', turn.userId)
    }
    return reply.text().trim() === '' ? 'model_empty' : null
  } catch (error) {
    if (lease.aborted || reply.stopped()) return null
    const code = modelCode(error)
    if (!code) throw error
    deps.log.warn('reply.model_failed', { code })
    return code
  }
}

/** The user may have been merged since the turn was read: its lines are elsewhere then. */
async function promptOfPresentUser(deps: WriteReplyDeps, turn: Turn): Promise<Prompt | null> {
  const present = await readLeasedTurn(deps.db, turn.id, turn.leaseToken)
  return present && present.userId !== turn.userId ? preparePrompt(deps, present) : null
}

function modelCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && code.startsWith('model_') ? code : null
}
