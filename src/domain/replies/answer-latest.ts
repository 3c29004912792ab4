import { activeConversation } from '#domain/conversations'
import type { SettleDeps } from './fail-turn.ts'
import { type RetryOutcome, retryTurn } from './retry-turn.ts'
import { findTurn, latestUnpaid } from './turn-store.ts'

/**
 * Answers the latest message that waits for credits or another day, as long as the one that was named still waits: of
 * two presses one does it.
 */
export async function answerLatest(deps: SettleDeps, userId: string, namedTurnId: string): Promise<RetryOutcome> {
  const named = await findTurn(deps.db, userId, namedTurnId)
  if (named?.state !== 'unpaid') return named ? 'not_retryable' : 'absent'
  const conversation = await activeConversation(deps.db, userId)
  const latest = conversation && (await latestUnpaid(deps.db, userId, conversation.id))
  return latest ? retryTurn(deps, userId, latest) : 'not_retryable'
}
