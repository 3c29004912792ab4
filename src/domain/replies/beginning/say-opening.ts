import type { Interface } from '#contract/words'
import type { Conversation, HistoryMessage } from '#domain/conversations'
import { insertDeliveries, insertNotice } from '#domain/delivery'
import { type LockedUser, messengerOf } from '#domain/identity'
import type { StoryText } from '#domain/personas'
import type { Executor } from '#platform/postgres'
import type { SettleDeps } from '../fail-turn.ts'

interface Opening {
  user: LockedUser
  conversation: Conversation
  story: StoryText
  /** Where the choice was made. */
  place: Interface
}

/**
 * The companion's first line: in the bot's chat, after the portrait, when there is one and the person came by Telegram,
 * else on the page where the choice was made.
 */
export async function sayOpening(
  { history, channels }: SettleDeps,
  tx: Executor,
  { user, conversation, story, place }: Opening,
): Promise<HistoryMessage> {
  const messenger = place === 'browser' ? null : await messengerOf(tx, user.id, 'telegram')
  const address = messenger?.reachability === 'reachable' ? messenger.externalId : null
  const line = await history.append(tx, user, {
    conversationId: conversation.id,
    turnId: null,
    role: 'assistant',
    channel: place === 'browser' ? 'web' : 'telegram',
    interface: address === null ? place : 'bot',
    contentType: 'text',
    text: story.opening,
  })
  if (address !== null) {
    const notice = { key: 'portrait', args: { personaId: conversation.personaId, storyId: story.id } }
    await insertNotice(tx, { userId: user.id, channel: line.channel, address, notice })
  }
  const channel = address === null ? undefined : channels.get('telegram')
  await insertDeliveries(tx, {
    userId: user.id,
    messageId: line.id,
    turnId: null,
    purpose: 'opening',
    channel: line.channel,
    interface: line.interface,
    address,
    parts: channel?.split(story.opening) ?? [{ start: 0, end: story.opening.length }],
  })
  return line
}
