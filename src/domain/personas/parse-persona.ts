import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Persona } from './persona.ts'
import { PersonaFileError } from './persona-file-error.ts'
import { personaSchema } from './persona-schema.ts'

/** Aliases let a small YAML file grow without end; an author needs none. */
const YAML_ALIASES_MAX = 0

type Path = readonly PropertyKey[]

export interface ParsedPersona {
  persona: Persona
  /** Line (from 1) on which the value at `path` stands. */
  lineOf(path: Path): number
}

/** Reads one persona file. Throws PersonaFileError with the first line that is wrong and every reason found on the way. */
export function parsePersona(source: string, file: string): ParsedPersona {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, strict: true })
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken) {
    const noticed = lines.linePos(broken.pos[0]).line
    throw new PersonaFileError(file, lastWritten(source, noticed), `not valid YAML: ${broken.message}`)
  }

  const lineOf = (path: Path) => lines.linePos(offsetOf(document, path)).line
  const parsed = personaSchema.safeParse(toPlain(document, file))
  if (parsed.success) return { persona: parsed.data, lineOf }

  const problems = parsed.error.issues
    .map((issue) => ({ line: lineOf(blamedPath(issue)), reason: reasonOf(issue, document) }))
    .sort((a, b) => a.line - b.line)
  const [first, ...others] = problems
  const rest = others.map(({ line, reason }) => `; line ${line}: ${reason}`).join('')
  throw new PersonaFileError(file, first?.line ?? 1, `${first?.reason ?? 'cannot be read'}${rest}`)
}

/** YAML notices an open quote on the empty line after it; the author should look at the line before. */
function lastWritten(source: string, line: number): number {
  const written = source.split('\n').slice(0, line)
  while (written.length > 1 && written.at(-1)?.trim() === '') written.pop()
  return written.length
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: YAML_ALIASES_MAX })
  } catch (error) {
    throw new PersonaFileError(file, 1, error instanceof Error ? error.message : 'cannot be read')
  }
}

/** A key nobody knows is blamed itself, not the block around it. */
function blamedPath(issue: z.core.$ZodIssue): Path {
  return issue.code === 'unrecognized_keys' && issue.keys[0] !== undefined ? [...issue.path, issue.keys[0]] : issue.path
}

function reasonOf(issue: z.core.$ZodIssue, document: Document): string {
  const name = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') return `unknown field ${[...issue.path, issue.keys[0]].map(String).join('.')}`
  if (issue.path.length > 0 && document.getIn(issue.path) === undefined) return `${name} is missing`
  return name === '' ? 'the file must hold the fields of a persona' : `${name}: ${issue.message}`
}

/** Walks down as far as the file goes: a missing field is blamed on the block that should hold it. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const step of path) {
    const key = isMap(node) ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === step)?.key : undefined
    const value = isMap(node) || isSequence(node) ? node.get(step, true) : undefined
    if (value === undefined) break
    const start = isNode(key) ? key : value
    offset = isNode(start) ? (start.range?.[0] ?? offset) : offset
    node = value
  }
  return offset
}

function isSequence(node: unknown): node is { get(key: unknown, keepScalar: true): unknown } {
  return isNode(node) && 'items' in node && 'get' in node
}
