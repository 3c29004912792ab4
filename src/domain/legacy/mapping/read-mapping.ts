import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { closestFirst } from './closest.ts'
import type { Mapping } from './mapping.ts'
import { MappingError, type Mistake } from './mapping-error.ts'
import { keysAt, mappingSchema } from './mapping-schema.ts'

const TEXT_MAX_LENGTH = 200_000
/** Aliases let a small YAML file grow without end; a mapping needs none. */
const YAML_ALIASES_MAX = 0

type Path = readonly PropertyKey[]

/**
 * Reads a mapping file; an empty one has all defaults.
 * @throws MappingError with every mistake and its line
 */
export function readMapping(text: string, fileName: string): Mapping {
  if (text.length > TEXT_MAX_LENGTH) {
    throw new MappingError(fileName, [{ line: 1, says: `is longer than ${TEXT_MAX_LENGTH} characters` }])
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken)
    throw new MappingError(fileName, [{ line: lineAt(broken.pos[0]), says: `not valid YAML: ${broken.message}` }])

  const blanks = takeBlanks(document).map((offset) => ({
    line: lineAt(offset),
    says: 'a column without a name; write null where the source has none',
  }))
  const parsed = mappingSchema.safeParse(toPlain(document, fileName) ?? {})
  const lineOf = (path: Path) => lineAt(offsetOf(document.contents, path))
  const others = parsed.success ? [] : parsed.error.issues.flatMap((issue) => mistakesOf(issue, lineOf))
  const mistakes = [...blanks, ...others].sort((a, b) => a.line - b.line)
  if (!parsed.success || mistakes.length > 0) throw new MappingError(fileName, mistakes)
  return parsed.data
}

/**
 * A key with nothing behind it is as if it were not there, as when all below it is commented out. Not so among the
 * columns: a name forgotten there would leave a whole column behind. Gives where those stand.
 */
function takeBlanks(document: Document): number[] {
  const found: number[] = []
  visit(document, {
    Pair(_, pair, ancestors) {
      if (!isBlank(pair)) return
      if (keyOf(ancestors.at(-2)) === 'columns' && isNode(pair.key)) found.push(pair.key.range?.[0] ?? 0)
      return visit.REMOVE
    },
  })
  return found
}

function isBlank({ value }: Pair): boolean {
  return value === null || (isScalar(value) && value.value === null && (value.source ?? '') === '')
}

function keyOf(node: unknown): unknown {
  const isPair = typeof node === 'object' && node !== null && 'key' in node
  return isPair && isScalar(node.key) ? node.key.value : undefined
}

function toPlain(document: Document, fileName: string): unknown {
  try {
    return document.toJS({ maxAliasCount: YAML_ALIASES_MAX })
  } catch (error) {
    throw new MappingError(fileName, [{ line: 1, says: error instanceof Error ? error.message : 'cannot be read' }])
  }
}

function mistakesOf(issue: z.core.$ZodIssue, lineOf: (path: Path) => number): Mistake[] {
  const { path } = issue
  if (issue.code !== 'unrecognized_keys') {
    return [{ line: lineOf(path), says: `${nameOf(path) || 'the file'} ${issue.message}` }]
  }
  return issue.keys.map((key) => ({
    line: lineOf([...path, key]),
    says: `unknown key ${nameOf([...path, key])}; there are ${closestFirst(key, keysAt(path)).join(', ')}`,
  }))
}

function nameOf(path: Path): string {
  return path.map(String).join('.')
}

/** Walks down as far as the file goes: a missing key is blamed on the block that should hold it. */
function offsetOf(contents: unknown, path: Path): number {
  let node = contents
  let offset = startOf(node, 0)
  for (const step of path) {
    const key = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === step)?.key
      : undefined
    const value = isMap(node) || isSeq(node) ? node.get(isScalar(key) ? key.value : step, true) : undefined
    if (key === undefined && value === undefined) break
    offset = startOf(key ?? value, offset)
    node = value
  }
  return offset
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise
}
