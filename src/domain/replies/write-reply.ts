import type { Kysely } from 'kysely'
import type { GrowingReply, OutsideChannel } from '#domain/delivery'
import { isUserDayOver } from '#domain/spending'
import { reach } from '#platform/failpoints'
import type { LanguageModel } from '#platform/llm'
import type { Log } from '#platform/log'
import type { Database } from '#platform/postgres'
import { type Answer, answerTurn } from './answer-turn.ts'
import { failTurn, type SettleDeps } from './fail-turn.ts'
import { finishReply } from './finish-reply.ts'
import { clearChat, growInChat, leaveChat } from './grow-in-chat.ts'
import type { LiveReplies, LiveReply } from './live-replies.ts'
import type { PromptDeps } from './prompt/prepare-prompt.ts'
import { recapBeforeReply } from './recap.ts'
import type { Turn } from './turn.ts'
import { type LeasedTurn, markRunning } from './turn-store.ts'
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
    const [turn, isDayOver] = await Promise.all([
      markRunning(deps.leaseDb, leased),
      isUserDayOver(deps.db, leased.userId),
    ])
    if (!turn) return
    await reach('turn.running', turn.userId)
    if (turn.cancelRequested) await failUnwritten(deps, turn, 'cancelled')
    else if (turn.leaseAttempts > CRASHES_MAX) await failUnwritten(deps, turn, 'worker_crashed')
    else await write(deps, turn, { reply, isDayOver }, lease)
  } finally {
    await reply.end()
  }
}

/** Whoever wrote at it before may have left something in the chat. */
async function failUnwritten(deps: WriteReplyDeps, turn: Turn, code: string): Promise<void> {
  await clearChat(deps, turn)
  await failTurn(deps, turn, code)
}

async function write(
  deps: WriteReplyDeps,
  turn: Turn,
  { reply, isDayOver }: { reply: LiveReply; isDayOver: boolean },
  lease: AbortSignal,
): Promise<void> {
  reply.start()
  const growing = growInChat(deps, turn)
  const stopWatching = watchForStop(deps.db, turn, reply)
  // Owed before the reply is, and told beside the model's work.
  const recapped = recapBeforeReply(deps, turn).catch((error) => deps.log.warn('reply.recap_failed', { error }))
  let settled = false
  try {
    const answer = await answerTurn(deps, turn, { reply, growing, isDayOver }, lease)
    await reach('reply.written', turn.userId)
    await recapped
    if (!lease.aborted) settled = await settle(deps, turn, { reply, growing, answer })
  } finally {
    stopWatching()
    if (!settled) void leaveChat(deps, turn, growing)
  }
}

/** Ends the turn as it went; false when it was no longer ours to end, and what grew in the chat is still there. */
async function settle(
  deps: WriteReplyDeps,
  turn: Turn,
  { reply, growing, answer }: { reply: LiveReply; growing: GrowingReply | null; answer: Answer },
): Promise<boolean> {
  const unshown = !answer.aside && reply.stopped() && reply.text().trim() === ''
  const failure = unshown ? 'cancelled' : answer.failure
  // What must not have been written does not stand in the chat until its place is taken.
  const replaces = (await growing?.end(failure === null && !answer.aside)) ?? null
  const tokens = reply.tokens()
  if (failure === null) return finishReply(deps, turn, answer.text, { replaces, aside: answer.aside, tokens })
  await failTurn(deps, turn, failure, tokens)
  return true
}
