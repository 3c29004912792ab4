import { childNodes, isNode, lastName, literalText, nodesOf } from '../syntax.ts'
import { isCode, isTest, type Tree, textOf } from '../tree.ts'
import type { Violation } from '../violation.ts'

const LOCALES = ['ru', 'en']

/** `new Problem(status, 'code')` needs the sentence `problem-code` in every language. */
export function problemTexts(tree: Tree): Violation[] {
  const sources = tree.filter((file) => file.path.startsWith('src/') && isCode(file) && !isTest(file))
  return sources.flatMap((file) =>
    nodesOf(file)
      .filter(({ node }) => node.type === 'NewExpression' && lastName(node.callee) === 'Problem')
      .flatMap(({ node, line }) =>
        codesIn(childNodes(node.arguments)[1]).flatMap((code) =>
          LOCALES.map((locale) => `locales/${locale}/problems.ftl`)
            .filter((texts) => !new RegExp(`^problem-${code}\\s*=`, 'm').test(textOf(tree, texts)))
            .map((texts) => ({ path: file.path, line, reason: `${texts} has no problem-${code}` })),
        ),
      ),
  )
}

/** Codes written out, either side of a choice, and templates whose holes may stand for any word. */
function codesIn(node: unknown): string[] {
  if (!isNode(node)) return []
  if (node.type === 'ConditionalExpression') return [...codesIn(node.consequent), ...codesIn(node.alternate)]
  const code = literalText(node)
  if (code !== null) return [code]
  if (node.type !== 'TemplateLiteral') return []
  return [
    childNodes(node.quasis)
      .map((quasi) => pieceOf(quasi.value))
      .join('\\w+'),
  ]
}

function pieceOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : ''
}
