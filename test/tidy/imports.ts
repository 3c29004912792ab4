import { isNode, literalText, nodesOf } from './syntax.ts'
import type { SourceFile } from './tree.ts'

export interface Import {
  specifier: string
  line: number
}

/** Types hold a file as tightly as values, so both count: import, export from, import() in code and in types. */
const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

export function importsOf(file: SourceFile): Import[] {
  return nodesOf(file)
    .filter(({ node }) => IMPORTING.has(node.type))
    .flatMap(({ node, line }) => {
      const source = isNode(node.source) ? node.source : node.argument
      const specifier = literalText(isNode(source) && source.type === 'TSLiteralType' ? source.literal : source)
      return specifier === null ? [] : [{ specifier, line }]
    })
}
