import { LANE_WAITING_MAX } from '#contract/limits'
import { activeConversation } from '#domain/conversations'
import { type HoldRefusal, holdCredits } from '#domain/credits'
import { lockUser, messengerOf } from '#domain/identity'
import { type Executor, inTransaction } from '#platform/postgres'
import type { SettleDeps } from './fail-turn.ts'
import type { Turn } from './turn.ts'
import { countWaiting, findTurn, requeueTurn } from './turn-store.ts'

export type RetryOutcome = 'queued' | 'absent' | 'adult_required' | 'not_retryable' | 'lane_full' | HoldRefusal

/** Asks a question again that failed, was stopped, or waits for credits. Its price is held anew. */
export async function retryTurn(deps: SettleDeps, userId: string, turnId: string): Promise<RetryOutcome> {
  const outcome = await inTransaction(deps.db, async (tx): Promise<RetryOutcome> => {
    const user = await lockUser(tx, userId)
    const turn = user && (await findTurn(tx, user.id, turnId))
    if (!turn) return 'absent'
    if (!user.adultConfirmedAt) return 'adult_required'
    const conversation = await activeConversation(tx, user.id)
    const retryable = turn.state === 'failed' || turn.state === 'cancelled' || turn.state === 'unpaid'
    if (!retryable || !conversation || conversation.id !== turn.conversationId) return 'not_retryable'
    if ((await countWaiting(tx, turn)) >= LANE_WAITING_MAX) return 'lane_full'
    const round = turn.state === 'unpaid' ? turn.round : turn.round + 1
    const again = { ...turn, round, address: await addressStillTheirs(tx, user.id, turn) }
    const refusal = await holdCredits(tx, again)
    if (refusal) return refusal
    await requeueTurn(tx, again)
    return 'queued'
  })
  if (outcome === 'queued') {
    deps.announce.signal(userId, { kind: 'credits.changed' })
    deps.announce.wakeTurns()
  }
  return outcome
}

/** A messenger that was removed from this user may be somebody else's by now: what was asked there is answered in the history. */
async function addressStillTheirs(tx: Executor, userId: string, { channel, address }: Turn): Promise<string | null> {
  if (address === null) return null
  const messenger = await messengerOf(tx, userId, channel)
  return messenger?.externalId === address ? address : null
}
