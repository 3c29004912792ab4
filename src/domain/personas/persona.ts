import type { Price } from '#contract/api'
import type { Locale } from '#contract/words'

/** An opening situation of a persona, in one language. */
export interface StoryText {
  id: string
  title: string
  teaser: string
  /** What the model is told about the place and the moment. */
  setting: string
  /** The companion's first message. */
  opening: string
}

/** Everything a persona says and is told, in one language. */
export interface PersonaText {
  name: string
  /** The name after "with", where the language bends names; the name itself otherwise. */
  withName?: string | undefined
  tagline: string
  description: string
  prompt: string
  /** Said instead of a reply while the model cannot be reached. */
  fallbacks: string[]
  /** Said first to somebody who is silent, while the model cannot be reached. */
  openers: string[]
  stories: StoryText[]
}

/** Accent colours as `#RRGGBB`: on paper by day, at night, and one for ornament that never carries text. */
export interface Accent {
  paper: string
  night: string
  ornament?: string | undefined
}

/** A companion as its author wrote it, in every language. */
export interface Persona extends Record<Locale, PersonaText> {
  id: string
  price: Price
  /** File name in `personas/portraits/`; a PNG of the same name stands beside it. */
  portrait: string
  accent: Accent
  /** Ids of personas whose facts about the person this one may know; there are walls between all others. */
  remembers?: string[] | undefined
}

/** A persona together with the file it was read from. */
export interface PersonaFile {
  /** Path for people, as `personas/arina.yaml`. */
  file: string
  persona: Persona
  /** SHA-256 over the content: the same words give the same hash however the file is laid out. */
  contentHash: Buffer
}

/** One published state of a persona. */
export interface PersonaVersion {
  personaId: string
  version: number
  contentHash: Buffer
}

/** A persona in one language, as the prompt and the channels need it. */
export interface LocalizedPersona extends PersonaText {
  id: string
  price: Price
  avatarUrl: string
  accent: Accent
  remembers: readonly string[]
}
