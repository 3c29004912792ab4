import type { Conversation } from '#domain/conversations'
import { type Looking, say, type ViewDeps } from './view.ts'

/** A conversation in the reader's words. */
export interface Talk {
  id: string
  name: string
  /** The name after "with". */
  withName: string
  /** Name and story. */
  title: string
}

export function talkOf(deps: ViewDeps, at: Looking, { id, personaId, storyId }: Conversation): Talk {
  const persona = deps.catalogue.localized(personaId, at.locale)
  const name = persona?.name ?? personaId
  return { id, name, withName: persona?.withName ?? name, title: titleOf(deps, at, { personaId, storyId }) }
}

/** "Name · story", or the name alone. */
export function titleOf(
  deps: ViewDeps,
  at: Looking,
  { personaId, storyId }: Pick<Conversation, 'personaId' | 'storyId'>,
): string {
  const name = deps.catalogue.localized(personaId, at.locale)?.name ?? personaId
  const story = storyId === null ? null : deps.catalogue.story(personaId, storyId, at.locale)
  return story ? say(deps, at, 'talk', { name, story: story.title }) : name
}
