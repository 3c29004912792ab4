export type Accent = 'rose' | 'indigo'

const ACCENTS: Record<string, Accent> = { arina: 'rose', cassandra: 'indigo' }

/** The colour of the companion in view; a companion without one of its own gets the rose of the house. */
export function accentOf(personaId: string | null | undefined): Accent {
  return (personaId && ACCENTS[personaId]) || 'rose'
}
