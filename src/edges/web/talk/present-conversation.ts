import type { Conversation as ShownConversation } from '#contract/api'
import type { Locale } from '#contract/words'
import { type Conversation, restorableUntil } from '#domain/conversations'
import type { Catalogue } from '#domain/personas'

/** A conversation with the names of its persona and story in the reader's language. */
export function presentConversation(
  catalogue: Catalogue,
  conversation: Conversation,
  locale: Locale,
): ShownConversation {
  const { id, personaId, storyId, status, startedAt } = conversation
  const persona = catalogue.localized(personaId, locale)
  const story = storyId === null ? null : catalogue.story(personaId, storyId, locale)
  return {
    id,
    persona: { id: personaId, name: persona?.name ?? personaId, avatarUrl: persona?.avatarUrl ?? '' },
    story: story && { id: story.id, title: story.title },
    status,
    startedAt: startedAt.toISOString(),
    restorableUntil: restorableUntil(conversation)?.toISOString() ?? null,
  }
}
