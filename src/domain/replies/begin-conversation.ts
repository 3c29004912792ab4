import type { ContentType, Interface } from '#contract/words'
import {
  activeConversation,
  archiveActive,
  type Conversation,
  type HistoryMessage,
  insertConversation,
  reactivate,
} from '#domain/conversations'
import { insertDeliveries, splitText } from '#domain/delivery'
import { type LockedUser, lockUser, messengerOf, rememberPersona } from '#domain/identity'
import { type Catalogue, currentVersion, type StoryText } from '#domain/personas'
import { newId } from '#platform/ids'
import { type Executor, inTransaction } from '#platform/postgres'
import { answerKept } from './answer-kept.ts'
import { announceFailure, endWithoutReply, type SettleDeps } from './fail-turn.ts'
import { presentMessage } from './present-message.ts'
import type { Turn } from './turn.ts'
import { openTurns } from './turn-store.ts'

const TEXT: ContentType = 'text'

export interface BeginDeps extends SettleDeps {
  catalogue: Catalogue
}

/** What a person chose, and where. */
export interface Choice {
  userId: string
  personaId: string
  /** Without one the persona's first story is told. */
  storyId?: string | undefined
  interface: Interface
}

export type BeginOutcome = { conversation: Conversation } | { absent: 'user' | 'persona' | 'story' }

/**
 * Starts a new conversation with its opening line and archives the one before; turns still open there are cancelled
 * and their holds released. A message that was kept until a companion is chosen gets its answer now.
 */
export async function beginConversation(deps: BeginDeps, choice: Choice): Promise<BeginOutcome> {
  const begun = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, choice.userId)
    if (!user) return { absent: 'user' as const }
    const persona = deps.catalogue.find(choice.personaId)?.persona[user.locale]
    if (!persona) return { absent: 'persona' as const }
    const story = choice.storyId ? persona.stories.find(({ id }) => id === choice.storyId) : persona.stories[0]
    if (!story) return { absent: 'story' as const }
    const cancelled = await leaveActive(tx, user.id)
    const conversation = await insertConversation(tx, {
      id: newId(),
      userId: user.id,
      personaId: choice.personaId,
      personaVersion: await currentVersion(tx, choice.personaId),
      storyId: story.id,
    })
    await rememberPersona(tx, user.id, choice.personaId)
    const opening = await sayOpening(deps, tx, { user, conversation, story, choice })
    await answerKept(tx, user, conversation)
    return { conversation, cancelled, opening }
  })
  if ('absent' in begun) return begun
  announceBeginning(deps, begun)
  return { conversation: begun.conversation }
}

/** Brings an archived conversation back; null when it is unknown or too old. The active one is archived like at a start. */
export async function restoreConversation(deps: SettleDeps, userId: string, id: string): Promise<Conversation | null> {
  const restored = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) return null
    const active = await activeConversation(tx, user.id)
    if (active?.id === id) return { conversation: active, cancelled: [] }
    const archived = await leaveActive(tx, user.id)
    const conversation = await reactivate(tx, user.id, id)
    if (!conversation) throw new NotRestorable()
    await rememberPersona(tx, user.id, conversation.personaId)
    return { conversation, cancelled: archived }
  }).catch((error) => {
    if (error instanceof NotRestorable) return null
    throw error
  })
  if (!restored) return null
  announceBeginning(deps, { ...restored, opening: null })
  return restored.conversation
}

/** Rolls the transaction back: the active conversation must not be archived for nothing. */
class NotRestorable extends Error {}

async function leaveActive(tx: Executor, userId: string): Promise<Turn[]> {
  const archivedId = await archiveActive(tx, userId)
  if (!archivedId) return []
  const open = await openTurns(tx, userId, archivedId)
  for (const turn of open) await endWithoutReply(tx, turn, 'cancelled')
  return open
}

/** In the bot's chat when there is one and the person came by Telegram, else on the page where the choice was made. */
async function sayOpening(
  { history, channels }: BeginDeps,
  tx: Executor,
  {
    user,
    conversation,
    story,
    choice,
  }: { user: LockedUser; conversation: Conversation; story: StoryText; choice: Choice },
): Promise<HistoryMessage> {
  const messenger = choice.interface === 'browser' ? null : await messengerOf(tx, user.id, 'telegram')
  const address = messenger?.reachability === 'reachable' ? messenger.externalId : null
  const line = await history.append(tx, user, {
    conversationId: conversation.id,
    turnId: null,
    role: 'assistant',
    channel: choice.interface === 'browser' ? 'web' : 'telegram',
    interface: address === null ? choice.interface : 'bot',
    contentType: TEXT,
    text: story.opening,
  })
  const room = channels.get('telegram')?.limits.textMaxLength ?? Number.POSITIVE_INFINITY
  const parts = splitText(story.opening, address === null ? Number.POSITIVE_INFINITY : room)
  const { channel, interface: place } = line
  await insertDeliveries(tx, {
    userId: user.id,
    messageId: line.id,
    turnId: null,
    channel,
    interface: place,
    address,
    parts,
  })
  return line
}

function announceBeginning(
  { announce }: SettleDeps,
  begun: { conversation: Conversation; cancelled: Turn[]; opening: HistoryMessage | null },
): void {
  const { userId } = begun.conversation
  for (const turn of begun.cancelled) {
    announce.signal(userId, { kind: 'turn.cancel', turnId: turn.id })
    announceFailure(announce, turn, 'cancelled')
  }
  announce.signal(userId, { kind: 'conversation.changed' })
  if (begun.opening) announce.message(userId, presentMessage(begun.opening))
  announce.wakeTurns()
  announce.wakeDeliveries()
}
