export { type Catalogue, createCatalogue } from './catalogue.ts'
export { keepPersona } from './keep-persona.ts'
export { loadPersonas } from './load-personas.ts'
export { currentPrice, currentVersion } from './offer-store.ts'
export type {
  Accent,
  LocalizedPersona,
  Persona,
  PersonaFile,
  PersonaText,
  PersonaVersion,
  StoryText,
} from './persona.ts'
export { PersonaFileError } from './persona-file-error.ts'
export { publishPersonas } from './publish-personas.ts'
export { readWithdrawn } from './read-withdrawn.ts'
