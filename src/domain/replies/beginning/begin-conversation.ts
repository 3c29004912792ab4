import type { Interface } from '#contract/words'
import { activeConversation, type Conversation, insertConversation } from '#domain/conversations'
import { type LockedUser, lockUser, rememberPersona } from '#domain/identity'
import { type Catalogue, currentVersion, type StoryText } from '#domain/personas'
import { newId } from '#platform/ids'
import { type Executor, inTransaction } from '#platform/postgres'
import { answerKept } from '../answer-kept.ts'
import type { SettleDeps } from '../fail-turn.ts'
import { announceBeginning, type Beginning, leaveActive } from './leave-conversation.ts'
import { sayOpening } from './say-opening.ts'

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

/** `companions`: none are there for somebody who said to be under 18. */
export type BeginOutcome = { conversation: Conversation } | { absent: 'user' | 'persona' | 'story' | 'companions' }
export type RestartOutcome =
  | { conversation: Conversation; archivedId: string }
  | { absent: 'conversation' | 'persona' | 'companions' }

/**
 * Starts a new conversation with its opening line and archives the one before; turns still open there are cancelled
 * and their holds released. A message that was kept until a companion is chosen gets its answer now.
 */
export async function beginConversation(deps: BeginDeps, choice: Choice): Promise<BeginOutcome> {
  const begun = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, choice.userId)
    if (!user) return { absent: 'user' as const }
    if (user.minorLockedAt) return { absent: 'companions' as const }
    const persona = deps.catalogue.find(choice.personaId)?.persona[user.locale]
    if (!persona) return { absent: 'persona' as const }
    const story = choice.storyId ? persona.stories.find(({ id }) => id === choice.storyId) : persona.stories[0]
    if (!story) return { absent: 'story' as const }
    return beginIn(deps, tx, { user, story, choice })
  })
  if ('absent' in begun) return begun
  announceBeginning(deps.announce, begun)
  return { conversation: begun.conversation }
}

/**
 * Begins the active conversation anew, with the same persona and story and without its memory. Only that one: somebody
 * who pressed an old button, or is the second of two who pressed at once, changes nothing.
 */
export async function restartConversation(
  deps: BeginDeps,
  { userId, conversationId, interface: place }: { userId: string; conversationId: string; interface: Interface },
): Promise<RestartOutcome> {
  const begun = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (user?.minorLockedAt) return { absent: 'companions' as const }
    const active = user && (await activeConversation(tx, user.id))
    if (!user || active?.id !== conversationId) return { absent: 'conversation' as const }
    const stories = deps.catalogue.find(active.personaId)?.persona[user.locale].stories
    // An author may have taken the story out since.
    const story = stories?.find(({ id }) => id === active.storyId) ?? stories?.[0]
    if (!story) return { absent: 'persona' as const }
    const choice = { userId: user.id, personaId: active.personaId, interface: place }
    return beginIn(deps, tx, { user, story, choice })
  })
  if ('absent' in begun) return begun
  announceBeginning(deps.announce, begun)
  return { conversation: begun.conversation, archivedId: conversationId }
}

async function beginIn(
  deps: BeginDeps,
  tx: Executor,
  { user, story, choice }: { user: LockedUser; story: StoryText; choice: Choice },
): Promise<Beginning> {
  const cancelled = await leaveActive(tx, user)
  const conversation = await insertConversation(tx, {
    id: newId(),
    userId: user.id,
    personaId: choice.personaId,
    personaVersion: await currentVersion(tx, choice.personaId),
    storyId: story.id,
  })
  await rememberPersona(tx, user.id, choice.personaId)
  const opening = await sayOpening(deps, tx, { user, conversation, story, place: choice.interface })
  await answerKept(tx, user, conversation)
  return { conversation, cancelled, opening }
}
