import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type ParsedPersona, parsePersona } from './parse-persona.ts'
import type { Persona, PersonaFile } from './persona.ts'
import { PersonaFileError } from './persona-file-error.ts'

const PERSONA_FILES_MAX = 100
const PERSONA_FILE_MAX_BYTES = 262_144

/**
 * Reads every `*.yaml` of the folder, in the order of the file names.
 * Throws PersonaFileError for a broken file, an id used twice, a portrait that is not there, or a folder without personas.
 */
export async function loadPersonas(folder: string): Promise<PersonaFile[]> {
  const shown = basename(folder)
  const names = await listYaml(folder, shown)
  const loaded: PersonaFile[] = []
  for (const name of names) {
    const file = `${shown}/${name}`
    const parsed = parsePersona(await readText(join(folder, name), file), file)
    refuseDuplicate(parsed, file, loaded)
    await requirePortrait(parsed, folder, file)
    loaded.push({ file, persona: parsed.persona, contentHash: hashPersona(parsed.persona) })
  }
  return loaded
}

async function listYaml(folder: string, shown: string): Promise<string[]> {
  const entries = await readdir(folder).catch(() => {
    throw new PersonaFileError(shown, 1, 'the folder of personas cannot be read')
  })
  const names = entries.filter((name) => /\.ya?ml$/.test(name)).sort()
  if (names.length === 0) throw new PersonaFileError(shown, 1, 'the folder holds no persona (*.yaml)')
  if (names.length > PERSONA_FILES_MAX) throw new PersonaFileError(shown, 1, `more than ${PERSONA_FILES_MAX} personas`)
  return names
}

async function readText(path: string, file: string): Promise<string> {
  const bytes = await readFile(path).catch(() => {
    throw new PersonaFileError(file, 1, 'the file cannot be read')
  })
  if (bytes.length > PERSONA_FILE_MAX_BYTES) {
    throw new PersonaFileError(file, 1, `the file is longer than ${PERSONA_FILE_MAX_BYTES} bytes`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new PersonaFileError(file, 1, 'the file is not UTF-8 text')
  }
}

function refuseDuplicate({ persona, lineOf }: ParsedPersona, file: string, loaded: readonly PersonaFile[]): void {
  const earlier = loaded.find((other) => other.persona.id === persona.id)
  if (earlier) throw new PersonaFileError(file, lineOf(['id']), `id "${persona.id}" is taken by ${earlier.file}`)
}

async function requirePortrait({ persona, lineOf }: ParsedPersona, folder: string, file: string): Promise<void> {
  for (const name of [persona.portrait, persona.portrait.replace(/\.svg$/, '.png')]) {
    const found = await stat(join(folder, 'portraits', name)).catch(() => null)
    if (!found?.isFile()) throw new PersonaFileError(file, lineOf(['portrait']), `portraits/${name} is not there`)
  }
}

function hashPersona(persona: Persona): Buffer {
  return createHash('sha256').update(JSON.stringify(persona)).digest()
}
