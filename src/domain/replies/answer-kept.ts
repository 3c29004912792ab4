import { type Conversation, placeInConversation } from '#domain/conversations'
import { holdCredits } from '#domain/credits'
import { insertNotice } from '#domain/delivery'
import type { LockedUser } from '#domain/identity'
import { currentPrice } from '#domain/personas'
import type { Executor } from '#platform/postgres'
import { keepTurn, requeueTurn, takeKeptForChoice } from './turn-store.ts'

/**
 * The latest message that waited for a choice (18+, a companion) is queued in this conversation; without enough
 * credits, or over the cap of the day, it goes on waiting, and the person is told.
 */
export async function answerKept(tx: Executor, user: LockedUser, conversation: Conversation): Promise<void> {
  if (!user.adultConfirmedAt) return
  const kept = await takeKeptForChoice(tx, user.id)
  if (!kept) return
  const price = await currentPrice(tx, conversation.personaId)
  const turn = { ...kept, conversationId: conversation.id, priceType: price.type, priceAmount: price.amount }
  await placeInConversation(tx, user.id, turn.messageId, conversation.id)
  const refusal = await holdCredits(tx, turn)
  if (!refusal) return requeueTurn(tx, turn)
  await keepTurn(tx, turn, refusal)
  if (turn.address === null) return
  await insertNotice(tx, { userId: user.id, channel: turn.channel, address: turn.address, notice: { key: refusal } })
}
