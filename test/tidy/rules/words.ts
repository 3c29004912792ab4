import { isNode, lastName, literalText, nodesOf, type Visited } from '../syntax.ts'
import { isCode, isTest, type SourceFile, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

const EMPTY_NAMES = /(^|[-.])(utils?|helpers?|managers?|services?|common|misc)([-.]|$)/i

// The brackets keep these lines from accusing themselves.
const UNFINISHED = /\b([T]ODO|[F]IXME|[X]XX)\b/
const SILENCED = /\b([b]iome-|[t]s-|[e]slint-)(ignore|nocheck|expect-error|disable)/
const LEFT_OUT = /^(only|skip|todo)$/
const TEST_MAKERS = /^(test|it|describe|suite|t)$/

/** Names that say nothing, promises left open, checkers silenced, tests left out. */
export function words(tree: Tree): Violation[] {
  return [
    ...tree.flatMap(emptyNames),
    ...tree.filter(isCode).flatMap(openEnds),
    ...tree.filter(isTest).flatMap(testsLeftOut),
  ]
}

function emptyNames({ path }: SourceFile): Violation[] {
  const empty = path.split('/').find((part) => EMPTY_NAMES.test(part))
  return empty ? [{ path, line: 1, reason: `"${empty}" says nothing; name the deed or the thing` }] : []
}

function openEnds({ path, text }: SourceFile): Violation[] {
  return text.split('\n').flatMap((content, index) => {
    const line = index + 1
    if (UNFINISHED.test(content)) return [{ path, line, reason: 'an open end: finish it, or say it in docs/limits.md' }]
    if (SILENCED.test(content)) return [{ path, line, reason: 'a silenced checker: mend the cause' }]
    return []
  })
}

function testsLeftOut(file: SourceFile): Violation[] {
  return nodesOf(file)
    .filter((visited) => isMember(visited) || isOption(visited))
    .map(({ line }) => ({ path: file.path, line, reason: 'a test left out or run alone: every test runs' }))
}

/** `test.only`, `t.skip`, `describe.todo` */
function isMember({ node }: Visited): boolean {
  return node.type === 'MemberExpression' && LEFT_OUT.test(lastName(node)) && TEST_MAKERS.test(lastName(node.object))
}

/** `test('…', { skip: … }, …)` */
function isOption({ node, parents }: Visited): boolean {
  if (node.type !== 'Property' || !LEFT_OUT.test(lastName(node.key) || (literalText(node.key) ?? ''))) return false
  const call = parents.at(-2)
  return isNode(call) && call.type === 'CallExpression' && TEST_MAKERS.test(lastName(call.callee))
}
