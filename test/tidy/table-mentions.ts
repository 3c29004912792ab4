import { childNodes, isNode, lastName, lineFinder, literalText, nodesOf, templateText, type Visited } from './syntax.ts'
import type { SourceFile } from './tree.ts'

export interface Mention {
  table: string
  line: number
}

const QUERY_BUILDER =
  /^(selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto|using|from|table|\w*[jJ]oin\w*)$/
const QUERY_FUNCTION = /^(query|execute|raw)$/
const SQL_WORDS = String.raw`\b(?:FROM|JOIN|INTO|UPDATE|TABLE|TRUNCATE|USING)\s+(?:ONLY\s+|LATERAL\s+|IF\s+EXISTS\s+)?(?:public\.)?"?(\w+)`
const SQL_LIST = String.raw`\bFROM\s+\w+(?:\s+(?:AS\s+)?\w+)?\s*,\s*(\w+)`
const ROW_TYPE = String.raw`\b(\w+)%ROWTYPE`

/** Tables that TypeScript names: in query builder calls, and in SQL inside strings and templates. */
export function mentionsInCode(file: SourceFile): Mention[] {
  return nodesOf(file).flatMap((visited) => [
    ...builderMentions(visited),
    ...queueMentions(visited),
    ...textMentions(visited),
  ])
}

/** Tables that a SQL text names, comments left aside. */
export function mentionsInSql(text: string, flags = 'gi'): Mention[] {
  const bare = text.replace(/--[^\n]*/g, (comment) => ' '.repeat(comment.length))
  const lineOf = lineFinder(bare)
  return [SQL_WORDS, SQL_LIST, ROW_TYPE].flatMap((pattern) =>
    [...bare.matchAll(new RegExp(pattern, flags))].map((match) => ({
      table: match[1] ?? '',
      line: lineOf(match.index),
    })),
  )
}

function builderMentions({ node, line }: Visited): Mention[] {
  if (node.type !== 'CallExpression' || !QUERY_BUILDER.test(lastName(node.callee))) return []
  const [first] = childNodes(node.arguments)
  const named = first?.type === 'ArrayExpression' ? childNodes(first.elements) : [first]
  return named.flatMap((name) => {
    const table = /^(\w+)( as \w+)?$/.exec(literalText(name) ?? '')?.[1]
    return table ? [{ table, line }] : []
  })
}

/** A queue of platform/leases names its table and the key of its rows: `{ table: 'turns', key: ['id'], … }`. */
function queueMentions({ node, line }: Visited): Mention[] {
  if (node.type !== 'ObjectExpression') return []
  const properties = childNodes(node.properties)
  const named = (name: string) => properties.find((property) => lastName(property.key) === name)
  const table = literalText(named('table')?.value)
  return table !== null && named('key') ? [{ table, line }] : []
}

/** Lower-case SQL counts only where it surely is SQL; elsewhere "from messages" may be a sentence. */
function textMentions({ node, parents, line }: Visited): Mention[] {
  const text = node.type === 'TemplateLiteral' ? templateText(node) : literalText(node)
  if (text === null) return []
  const flags = isSurelySql(parents.at(-1)) ? 'gi' : 'g'
  return mentionsInSql(text, flags).map((mention) => ({ ...mention, line: line + mention.line - 1 }))
}

function isSurelySql(parent: unknown): boolean {
  if (!isNode(parent)) return false
  if (parent.type === 'TaggedTemplateExpression') return lastName(parent.tag) === 'sql'
  return parent.type === 'CallExpression' && QUERY_FUNCTION.test(lastName(parent.callee))
}
