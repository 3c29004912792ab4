import type { Executor } from '#platform/postgres'
import type { Persona, PersonaText } from './persona.ts'
import { insertKept } from './persona-store.ts'

/** As long as a name may be. */
const NAME_MAX_LENGTH = 40
const VERSION = 1

/**
 * Keeps a companion of another system that was never offered here: withdrawn from the start, so that old talks bear its
 * name and can be read, and nobody begins a new one. Safe to repeat; its version.
 */
export async function keepPersona(db: Executor, { id, name }: { id: string; name: string }): Promise<number> {
  const shown = name.trim().slice(0, NAME_MAX_LENGTH).toWellFormed().replaceAll('\0', '') || '?'
  const persona: Persona = {
    id,
    price: { type: 'basic', amount: 1 },
    portrait: 'kept.svg',
    accent: { paper: '#6B6259', night: '#B9AFA4' },
    ru: textIn(shown, {
      tagline: 'Собеседник из прежней версии',
      description: 'Этот собеседник остался в прежней версии. Разговор с ним можно перечитать.',
    }),
    en: textIn(shown, {
      tagline: 'A companion of the earlier version',
      description: 'This companion stayed in the earlier version. The talk can be read again.',
    }),
  }
  await insertKept(db, persona, VERSION)
  return VERSION
}

/** What nobody is ever told, as no talk goes on, says the same as what is shown. */
function textIn(name: string, { tagline, description }: Pick<PersonaText, 'tagline' | 'description'>): PersonaText {
  const story = { id: 'kept', title: name, teaser: tagline, setting: description, opening: description }
  return { name, tagline, description, prompt: description, fallbacks: [tagline], openers: [], stories: [story] }
}
