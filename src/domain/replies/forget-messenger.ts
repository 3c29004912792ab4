import type { Channel } from '#contract/words'
import { giveUpAddress, giveUpUsers } from '#domain/delivery'
import type { Executor } from '#platform/postgres'
import type { Announce } from './announce.ts'
import { announceFailure, endWithoutReply } from './fail-turn.ts'
import type { Turn } from './turn.ts'
import { dropKeptAddress, openTurnsAt, openTurnsOf } from './turn-store.ts'

/**
 * Stops everything that is still owed to a chat that is no longer this user's: turns asked there are cancelled and cost
 * nothing, deliveries are given up, and what was kept loses the address. In the transaction that takes the messenger
 * away, which holds the user's row lock. Returns the cancelled turns for `announceForgotten`.
 */
export async function forgetMessenger(
  tx: Executor,
  chat: { userId: string; channel: Channel; address: string },
): Promise<Turn[]> {
  const cancelled = await openTurnsAt(tx, chat)
  for (const turn of cancelled) await endWithoutReply(tx, turn, 'cancelled')
  await dropKeptAddress(tx, chat)
  await giveUpAddress(tx, chat)
  return cancelled
}

/**
 * Stops everything that is under way for these users, who are about to be forgotten: no turn is answered and nothing is
 * sent any more. In the transaction that ends them, which holds their locks. Returns the turns for `announceForgotten`.
 */
export async function stopUsers(tx: Executor, userIds: readonly string[]): Promise<Turn[]> {
  const cancelled = await openTurnsOf(tx, userIds)
  for (const turn of cancelled) await endWithoutReply(tx, turn, 'cancelled')
  await giveUpUsers(tx, userIds)
  return cancelled
}

/** The part after commit: whoever writes these replies stops, and open pages hear of it. */
export function announceForgotten(announce: Announce, cancelled: readonly Turn[]): void {
  for (const turn of cancelled) {
    announce.signal(turn.userId, { kind: 'turn.cancel', turnId: turn.id })
    announceFailure(announce, turn, 'cancelled')
  }
}
