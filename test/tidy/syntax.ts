import { parseAst } from 'vite'
import type { SourceFile } from './tree.ts'

/** A node of the ESTree that Vite's parser gives, as loosely as the rules need it. */
export interface Node {
  type: string
  start: number
  end: number
  [part: string]: unknown
}

export interface Visited {
  node: Node
  /** From the outermost to the closest. */
  parents: readonly Node[]
  line: number
}

const visitedByFile = new WeakMap<SourceFile, Visited[]>()

/** Every node of the file with its line, outside in. A file that does not parse throws with its path. */
export function nodesOf(file: SourceFile): readonly Visited[] {
  const known = visitedByFile.get(file)
  if (known) return known
  const lineOf = lineFinder(file.text)
  const visited: Visited[] = []
  visit(parse(file), [], (node, parents) => visited.push({ node, parents, line: lineOf(node.start) }))
  visitedByFile.set(file, visited)
  return visited
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The text of a string literal or of a template without holes; null for anything else. */
export function literalText(value: unknown): string | null {
  if (!isNode(value)) return null
  if (value.type === 'Literal') return typeof value.value === 'string' ? value.value : null
  if (value.type === 'TemplateLiteral' && childNodes(value.quasis).length === 1) return templateText(value)
  return null
}

/** A template as one text; each hole reads as ` ? `, so that words on its sides stay apart. */
export function templateText(template: Node): string {
  return childNodes(template.quasis)
    .map((quasi) => (isRecord(quasi.value) ? String(quasi.value.cooked ?? quasi.value.raw) : ''))
    .join(' ? ')
}

/** The name of an identifier, or of the last member of a dotted expression: `a.b.name` → `name`. */
export function lastName(value: unknown): string {
  if (!isNode(value)) return ''
  if (value.type === 'Identifier') return String(value.name)
  if (value.type === 'MemberExpression')
    return value.computed ? (literalText(value.property) ?? '') : lastName(value.property)
  return ''
}

export function childNodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []
}

function parse(file: SourceFile): Node {
  const lang = file.path.endsWith('x') ? 'tsx' : 'ts'
  try {
    const program: unknown = parseAst(file.text, { lang })
    if (isNode(program)) return program
    throw new Error('no program')
  } catch (error) {
    throw new Error(`${file.path}: ${error instanceof Error ? error.message : 'does not parse'}`)
  }
}

function visit(node: Node, parents: readonly Node[], meet: (node: Node, parents: readonly Node[]) => void): void {
  meet(node, parents)
  const inside = [...parents, node]
  for (const value of Object.values(node)) for (const child of childNodes(value)) visit(child, inside, meet)
}

/** Line (from 1) of an offset, by binary search over the line starts. */
export function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
