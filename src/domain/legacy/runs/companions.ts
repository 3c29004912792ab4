import { createHash } from 'node:crypto'
import type { Catalogue } from '#domain/personas'

/** A companion of the old house, and the one it is here. */
export interface Companion {
  personaId: string
  version: number
  /** Talks with it go on here; otherwise they are kept and can be read. */
  offered: boolean
}

export interface CompanionDeps {
  catalogue: Catalogue
  /** The version that is offered now. */
  versionOf(personaId: string): Promise<number | null>
  /** Keeps a companion that is not offered here under its name; its id and version. */
  keepName(name: string): Promise<{ personaId: string; version: number }>
  personas: Readonly<Record<string, string>>
  defaultPersona: string | null
}

export interface Companions {
  /** By the word of the old house. */
  find(word: string): Promise<Companion>
  /** For who has none. */
  fallback(): Promise<Companion>
}

/** Words of one old house are few, however many lines name them. */
const WORDS_MAX = 10_000

export function createCompanions(deps: CompanionDeps): Companions {
  const known = new Map<string, Promise<Companion>>()
  return {
    find(word) {
      const found = known.get(word) ?? look(word.trim())
      if (known.size < WORDS_MAX) known.set(word, found)
      return found
    },
    fallback() {
      const id = deps.defaultPersona ?? deps.catalogue.list('ru')[0]?.id ?? ''
      return look(id)
    },
  }

  async function look(word: string): Promise<Companion> {
    const personaId = deps.personas[word] ?? deps.personas[word.toLowerCase()] ?? word.toLowerCase()
    const version = deps.catalogue.find(personaId) ? await deps.versionOf(personaId) : null
    if (version !== null) return { personaId, version, offered: true }
    return { ...(await deps.keepName(word)), offered: false }
  }
}

/** The id under which a companion that is not offered here is kept: the same for the same name. */
export function keptPersonaId(name: string): string {
  return `kept-${createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 16)}`
}
