import { isNode, lastName, literalText, nodesOf, type Visited } from '../syntax.ts'
import { isCode, isTest, type SourceFile, type Tree, textOf } from '../tree.ts'
import type { Violation } from '../violation.ts'

const CONFIG = 'src/processes/config.ts'
const OPERATIONS = 'docs/operations.md'
const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^(HOST|PORT|ROLES)$/
const METRIC = /^vitte_[a-z0-9_]*[a-z0-9]$/

/** A setting or metric that nobody can look up. */
export function documents(tree: Tree): Violation[] {
  return [...settings(tree), ...metrics(tree)]
}

function settings(tree: Tree): Violation[] {
  const config = tree.find((file) => file.path === CONFIG)
  const manual = textOf(tree, OPERATIONS) + textOf(tree, 'README.md')
  return config ? undocumented(config, settingName, VARIABLE, manual, `${OPERATIONS} or README.md`) : []
}

function metrics(tree: Tree): Violation[] {
  return tree
    .filter((file) => file.path.startsWith('src/') && isCode(file) && !isTest(file))
    .flatMap((file) =>
      undocumented(file, ({ node }) => literalText(node), METRIC, textOf(tree, OPERATIONS), OPERATIONS),
    )
}

function undocumented(
  file: SourceFile,
  nameIn: (visited: Visited) => string | null,
  pattern: RegExp,
  manual: string,
  where: string,
): Violation[] {
  const told = new Set<string>()
  return nodesOf(file).flatMap((visited) => {
    const name = nameIn(visited)
    if (name === null || !pattern.test(name) || told.has(name) || hasWord(manual, name)) return []
    told.add(name)
    return [{ path: file.path, line: visited.line, reason: `${name} has no line in ${where}` }]
  })
}

/** A variable: `'NAME'`, `env.NAME`, or a key of a schema, `z.object({ NAME: … })`. */
function settingName({ node, parents }: Visited): string | null {
  if (node.type === 'MemberExpression') return lastName(node.object) === 'env' ? lastName(node) : null
  if (node.type !== 'Property' || !isNode(node.key)) return literalText(node)
  const call = parents.at(-2)
  return isNode(call) && call.type === 'CallExpression' && /object$/i.test(lastName(call.callee))
    ? lastName(node.key)
    : null
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${word}(?![A-Za-z0-9_])`).test(text)
}
