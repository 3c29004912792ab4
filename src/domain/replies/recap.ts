import { activeConversation, type History, type HistoryMessage } from '#domain/conversations'
import { insertNotice } from '#domain/delivery'
import { lockUser, messengerOf } from '#domain/identity'
import { type Executor, inTransaction } from '#platform/postgres'
import type { SettleDeps } from './fail-turn.ts'
import { lastRecapped, markRecapped } from './recap-store.ts'
import type { Turn } from './turn.ts'

/** How far back a recap looks, in lines. */
const LINES_LOOKED_AT_MAX = 40
/** How many lines it quotes. */
const LINES_QUOTED_MAX = 4

/** Where a bot's chat is met, and before which place in the history; null: now. */
export interface ChatMet {
  userId: string
  address: string
  beforeSeq: number | null
}

/**
 * What was said elsewhere since the bot's chat was last met is owed to it, once, as a notice that names the lines. False
 * when there is nothing to tell. The caller holds the user's row lock.
 */
export async function oweRecap({ history }: Pick<SettleDeps, 'history'>, tx: Executor, met: ChatMet): Promise<boolean> {
  const { userId, address } = met
  const unseen = await linesElsewhere(history, tx, met)
  const newest = unseen[0]
  if (!newest?.conversationId) return false
  const ids = unseen.slice(0, LINES_QUOTED_MAX).map(({ id }) => id)
  const notice = { key: 'recap', args: { lines: ids.reverse().join(' '), more: unseen.length - ids.length } }
  await insertNotice(tx, { userId, channel: 'telegram', address, notice })
  await markRecapped(tx, userId, { conversationId: newest.conversationId, messageId: newest.id })
  return true
}

/** The same before the reply to a question in the chat. Never in the way of that reply. */
export async function recapBeforeReply(deps: SettleDeps, turn: Turn): Promise<void> {
  const { userId, address, conversationId, messageSeq } = turn
  if (turn.interface !== 'bot' || address === null || conversationId === null) return
  const [before] = await deps.history.newest(deps.db, { userId, conversationId, beforeSeq: messageSeq, limit: 1 })
  if (!before || before.interface === 'bot') return
  const owed = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    // Merged meanwhile, and renumbered: the next visit tells.
    if (user?.id !== userId) return false
    // A chat that was taken away meanwhile is not this user's any more.
    if ((await messengerOf(tx, userId, 'telegram'))?.externalId !== address) return false
    return oweRecap(deps, tx, { userId, address, beforeSeq: messageSeq })
  })
  if (owed) deps.announce.wakeDeliveries()
}

/** The lines that a recap names, oldest first; those that are gone are left out. */
export async function readRecap(
  { db, history }: { db: Executor; history: History },
  userId: string,
  lines: string,
): Promise<HistoryMessage[]> {
  const found = await Promise.all(lines.split(' ').map((id) => history.find(db, userId, id)))
  return found.filter((line) => line !== null)
}

/** Newest first, back to the last line of the chat itself or the last one it was told. */
async function linesElsewhere(history: History, tx: Executor, met: ChatMet): Promise<HistoryMessage[]> {
  const { userId, beforeSeq } = met
  const conversation = await activeConversation(tx, userId)
  if (!conversation) return []
  const at = { userId, conversationId: conversation.id, beforeSeq, limit: LINES_LOOKED_AT_MAX }
  const lines = await history.newest(tx, at)
  const toldId = await lastRecapped(tx, userId, conversation.id)
  const seen = lines.findIndex(({ id, interface: place }) => place === 'bot' || id === toldId)
  return (seen === -1 ? lines : lines.slice(0, seen)).filter(({ text }) => text !== '')
}
