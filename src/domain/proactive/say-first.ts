import type { History, HistoryMessage } from '#domain/conversations'
import { insertDeliveries, type OutsideChannel } from '#domain/delivery'
import type { LockedUser } from '#domain/identity'
import { type Announce, presentMessage } from '#domain/replies'
import type { Executor } from '#platform/postgres'
import { noteInitiative, noteLine } from './initiative-store.ts'
import type { Cause, SkipReason } from './kinds.ts'

export interface SayDeps {
  history: History
  channels: ReadonlyMap<string, OutsideChannel>
}

export interface Saying extends Cause {
  text: string
  address: string
  conversationId: string | null
  /** What can be pressed under it, by the name that the channel knows it by. */
  buttons: string | null
}

/**
 * Writes down that this is said, adds the line to the history and owes it to the chat; null when it was said or skipped
 * before. The caller holds the user's row lock and has asked `judge`; after the commit `announceSaid` is due. It costs
 * the person nothing.
 */
export async function sayFirst(
  { history, channels }: SayDeps,
  tx: Executor,
  user: LockedUser,
  { kind, cause, text, address, conversationId, buttons }: Saying,
): Promise<HistoryMessage | null> {
  if (!(await noteInitiative(tx, user.id, { kind, cause }, null))) return null
  const line = await history.append(tx, user, {
    conversationId,
    turnId: null,
    role: 'assistant',
    channel: 'telegram',
    interface: 'bot',
    contentType: 'text',
    text,
  })
  await noteLine(tx, user.id, { kind, cause }, line.id)
  await insertDeliveries(tx, {
    userId: user.id,
    messageId: line.id,
    turnId: null,
    purpose: 'proactive',
    channel: line.channel,
    interface: line.interface,
    address,
    parts: channels.get('telegram')?.split(text) ?? [{ start: 0, end: text.length }],
    buttons,
  })
  return line
}

/** Writes down why this was not said; false when it was said or skipped before. The caller holds the user's row lock. */
export function skip(tx: Executor, userId: string, cause: Cause, reason: SkipReason): Promise<boolean> {
  return noteInitiative(tx, userId, cause, reason)
}

/** After the commit: open pages show the line, and workers send it. */
export function announceSaid(announce: Announce, line: HistoryMessage): void {
  announce.message(line.userId, presentMessage(line, undefined, 'pending'))
  announce.wakeProactive()
}
