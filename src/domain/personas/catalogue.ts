import type { Persona as OfferedPersona } from '#contract/api'
import type { Locale } from '#contract/words'
import type { LocalizedPersona, Persona, PersonaFile, StoryText } from './persona.ts'

/** Read access to the personas, in memory. Only offered ones can be listed and found; withdrawn ones can still be named. */
export interface Catalogue {
  /** What a person can choose from, in the order of the files. */
  list(locale: Locale): OfferedPersona[]
  /** The offered persona, with every language; null when unknown or withdrawn. */
  find(id: string): PersonaFile | null
  /** The persona in one language, offered or withdrawn; null when unknown. */
  localized(id: string, locale: Locale): LocalizedPersona | null
  /** A story of exactly this persona, offered or withdrawn; null otherwise. */
  story(personaId: string, storyId: string, locale: Locale): StoryText | null
  /** Personas whose facts this one may know. */
  remembers(id: string): readonly string[]
}

/** Builds the catalogue from loaded files and, if given, what `readWithdrawn` found. */
export function createCatalogue(files: readonly PersonaFile[], withdrawn: readonly Persona[] = []): Catalogue {
  const offered = new Map(files.map((file) => [file.persona.id, file]))
  const known = new Map(withdrawn.map((persona) => [persona.id, persona]))
  for (const { persona } of files) known.set(persona.id, persona)

  return {
    list: (locale) => files.map(({ persona }) => offer(persona, locale)),
    find: (id) => offered.get(id) ?? null,
    localized: (id, locale) => {
      const persona = known.get(id)
      return persona ? localize(persona, locale) : null
    },
    remembers: (id) => known.get(id)?.remembers ?? [],
    story: (personaId, storyId, locale) =>
      known.get(personaId)?.[locale].stories.find((story) => story.id === storyId) ?? null,
  }
}

function offer(persona: Persona, locale: Locale): OfferedPersona {
  const { name, tagline, description, stories } = persona[locale]
  return {
    id: persona.id,
    name,
    tagline,
    description,
    avatarUrl: avatarUrl(persona),
    price: persona.price,
    stories: stories.map(({ id, title, teaser }) => ({ id, title, teaser })),
  }
}

function localize(persona: Persona, locale: Locale): LocalizedPersona {
  const { id, price, accent, remembers = [] } = persona
  return { id, price, accent, remembers, avatarUrl: avatarUrl(persona), ...persona[locale] }
}

function avatarUrl(persona: Persona): string {
  return `/portraits/${persona.portrait}`
}
