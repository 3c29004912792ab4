import { importsOf } from '../imports.ts'
import { childNodes, isNode, lastName, nodesOf } from '../syntax.ts'
import { isCode, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

/** Who may look at the environment: the product in one place, its tests and benches in one other. */
const READERS: readonly string[] = ['src/processes/config.ts', 'test/harness/environment.ts']

/** Settings are read in one place and handed on as values. */
export function environment(tree: Tree): Violation[] {
  return tree
    .filter((file) => isCode(file) && !READERS.includes(file.path))
    .flatMap((file) => {
      const uses = nodesOf(file).filter(({ node }) => {
        if (node.type === 'MemberExpression') return lastName(node) === 'env' && lastName(node.object) === 'process'
        return node.type === 'VariableDeclarator' && lastName(node.init) === 'process' && takesEnvironment(node.id)
      })
      const imported = nodesOf(file).filter(
        ({ node }) => node.type === 'ImportSpecifier' && lastName(node.imported) === 'env' && fromProcess(file),
      )
      return [...uses, ...imported].map(({ line }) => ({
        path: file.path,
        line,
        reason: `reads the environment; only ${READERS.join(' and ')} do`,
      }))
    })
}

/** `const { env } = process`, or the whole process under another name. */
function takesEnvironment(pattern: unknown): boolean {
  if (!isNode(pattern) || pattern.type !== 'ObjectPattern') return true
  return childNodes(pattern.properties).some((property) => lastName(property.key) === 'env')
}

function fromProcess(file: Tree[number]): boolean {
  return importsOf(file).some(({ specifier }) => /^(node:)?process$/.test(specifier))
}
