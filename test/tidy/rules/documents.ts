import { childNodes, isNode, lastName, literalText, nodesOf } from '../syntax.ts'
import { isCode, isTest, type SourceFile, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

const CONFIG = 'src/processes/config.ts'
const OPERATIONS = 'docs/operations.md'
const PROBLEM_LOCALES = ['ru', 'en']

const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^(HOST|PORT|ROLES)$/
const METRIC = /^vitte_[a-z0-9_]*[a-z0-9]$/

/** A setting, metric or problem code that nobody can look up. */
export function documents(tree: Tree): Violation[] {
  return [...settings(tree), ...metrics(tree), ...problems(tree)]
}

function settings(tree: Tree): Violation[] {
  const config = tree.find((file) => file.path === CONFIG)
  if (!config) return []
  const manual = textOf(tree, OPERATIONS) + textOf(tree, 'README.md')
  return unique(named(config, VARIABLE))
    .filter(({ name }) => !hasWord(manual, name))
    .map(({ name, line }) => ({ path: CONFIG, line, reason: `${name} has no line in ${OPERATIONS} or README.md` }))
}

function metrics(tree: Tree): Violation[] {
  const manual = textOf(tree, OPERATIONS)
  return sources(tree).flatMap((file) =>
    unique(named(file, METRIC))
      .filter(({ name }) => !hasWord(manual, name))
      .map(({ name, line }) => ({ path: file.path, line, reason: `${name} has no line in ${OPERATIONS}` })),
  )
}

/** `new Problem(status, 'code')` needs the sentence `problem-code` in every language. */
function problems(tree: Tree): Violation[] {
  return sources(tree).flatMap((file) =>
    problemCodes(file).flatMap(({ name, line }) =>
      PROBLEM_LOCALES.filter(
        (locale) => !hasMessage(textOf(tree, `locales/${locale}/problems.ftl`), `problem-${name}`),
      ).map((locale) => ({ path: file.path, line, reason: `locales/${locale}/problems.ftl has no problem-${name}` })),
    ),
  )
}

interface Named {
  name: string
  line: number
}

function problemCodes(file: SourceFile): Named[] {
  const codes = nodesOf(file).flatMap(({ node, line }) => {
    if (node.type !== 'NewExpression' || lastName(node.callee) !== 'Problem') return []
    const name = literalText(childNodes(node.arguments)[1])
    return name === null ? [] : [{ name, line }]
  })
  return unique(codes)
}

/** Names written as a string, as a property or as a key of an object. */
function named(file: SourceFile, pattern: RegExp): Named[] {
  return nodesOf(file).flatMap(({ node, line }) => {
    const name =
      literalText(node) ??
      (node.type === 'MemberExpression' ? lastName(node) : null) ??
      (node.type === 'Property' && isNode(node.key) ? lastName(node.key) : null)
    return name !== null && pattern.test(name) ? [{ name, line }] : []
  })
}

function sources(tree: Tree): SourceFile[] {
  return tree.filter((file) => file.path.startsWith('src/') && isCode(file) && !isTest(file))
}

function unique(found: readonly Named[]): Named[] {
  return [...new Map(found.toReversed().map((each) => [each.name, each])).values()].toReversed()
}

function textOf(tree: Tree, path: string): string {
  return tree.find((file) => file.path === path)?.text ?? ''
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${word}(?![A-Za-z0-9_])`).test(text)
}

function hasMessage(text: string, id: string): boolean {
  return new RegExp(`^${id}\\s*=`, 'm').test(text)
}
