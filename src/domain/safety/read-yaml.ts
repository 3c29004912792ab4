import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { SafetyFileError } from './safety-file-error.ts'

/** Aliases let a small YAML file grow without end; these files need none. */
const YAML_ALIASES_MAX = 0

export interface ReadYaml<Content> {
  content: Content
  /** The line of what lies at a path, or of what should hold it. */
  lineOf(path: readonly PropertyKey[]): number
}

/** A file's content as its schema wants it. @throws SafetyFileError with the line that is wrong */
export function readYaml<Schema extends z.ZodType>(
  source: string,
  file: string,
  schema: Schema,
): ReadYaml<z.infer<Schema>> {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, strict: true })
  const lineOf = (path: readonly PropertyKey[]) => lines.linePos(offsetOf(document.contents, path)).line
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken) throw new SafetyFileError(file, lines.linePos(broken.pos[0]).line, `not valid YAML: ${broken.message}`)
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: YAML_ALIASES_MAX }))
  if (parsed.success) return { content: parsed.data, lineOf }
  const [issue] = parsed.error.issues
  const path = issue?.path ?? []
  const reason = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message
  throw new SafetyFileError(file, lineOf(path), `${path.map(String).join('.') || 'the file'}: ${reason}`)
}

/** Walks down as far as the file goes: a missing field is blamed on the block that should hold it. */
function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const step of path) {
    const key = isMap(node) ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === step)?.key : undefined
    const value = isMap(node) || isSeq(node) ? node.get(step, true) : undefined
    if (value === undefined) break
    const place = key ?? value
    offset = isNode(place) ? (place.range?.[0] ?? offset) : offset
    node = value
  }
  return offset
}
