import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type CompiledPhrases, compilePhrases, PhraseError } from './compile-phrases.ts'
import { type PhrasesFile, phrasesSchema } from './phrase.ts'
import { type ReadYaml, readYaml } from './read-yaml.ts'
import { SafetyFileError } from './safety-file-error.ts'

/** What people keep about danger. */
export const SAFETY_FOLDER = new URL('../../../safety/', import.meta.url)

const PHRASES_FILE = /^phrases\.[a-z]{2}(\.[a-z]+)?\.yaml$/

/** Every `phrases.<language>.yaml` of the folder. @throws SafetyFileError with the line that is wrong */
export function loadPhrases(folder: string): CompiledPhrases {
  const names = readdirSync(folder).filter((name) => PHRASES_FILE.test(name))
  if (names.length === 0) throw new SafetyFileError(basename(folder), 1, 'the folder holds no phrases.<language>.yaml')
  const sources = names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
  return parsePhrases(sources)
}

/** The same from names and texts. */
export function parsePhrases(sources: readonly (readonly [string, string])[]): CompiledPhrases {
  const files = sources.map(([name, source]) => ({ name, ...readYaml(source, `safety/${name}`, phrasesSchema) }))
  try {
    return compilePhrases(files.map(({ content }) => content))
  } catch (error) {
    if (error instanceof PhraseError) for (const file of files) blame(file)
    throw error
  }
}

/** @throws SafetyFileError if this file is the wrong one */
function blame({ name, content, lineOf }: ReadYaml<PhrasesFile> & { name: string }): void {
  try {
    compilePhrases([content])
  } catch (error) {
    if (error instanceof PhraseError) throw new SafetyFileError(`safety/${name}`, lineOf(error.path), error.message)
    throw error
  }
}
