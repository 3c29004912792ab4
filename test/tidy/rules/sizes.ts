import { childNodes, isNode, lastName, lineFinder, type Node, nodesOf } from '../syntax.ts'
import { isCode, isGenerated, lineCount, type SourceFile, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

const FILE_MAX_LINES = 300
const MEDIAN_BELOW_LINES = 80
const FUNCTION_MAX_LINES = 60
const MEASURED = /\.(ts|tsx|mjs|js|css|sql)$/
const TEST = /^(test|it|describe|suite)$/
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** Rule 6: small files, small functions. */
export function sizes(tree: Tree): Violation[] {
  const measured = tree.filter((file) => MEASURED.test(file.path) && !isGenerated(file))
  return [...measured.flatMap(longFile), ...measured.filter(isCode).flatMap(longFunctions), ...medianOf(measured)]
}

function longFile({ path, text }: SourceFile): Violation[] {
  const lines = lineCount(text)
  return lines > FILE_MAX_LINES
    ? [{ path, line: FILE_MAX_LINES + 1, reason: `has ${lines} lines; a file has ${FILE_MAX_LINES} at most` }]
    : []
}

function longFunctions(file: SourceFile): Violation[] {
  const lineOf = lineFinder(file.text)
  return nodesOf(file)
    .filter(({ node }) => FUNCTIONS.has(node.type) && !isSuite(node))
    .map(({ node, line }) => ({ line, lines: lineOf(node.end) - line + 1 }))
    .filter(({ lines }) => lines > FUNCTION_MAX_LINES)
    .map(({ line, lines }) => ({
      path: file.path,
      line,
      reason: `a function of ${lines} lines; ${FUNCTION_MAX_LINES} at most`,
    }))
}

/** A list of tests, as a contract suite is, is read test by test. */
function isSuite({ body }: Node): boolean {
  const statements = isNode(body) ? childNodes(body.body) : []
  const tests = statements.filter(({ expression }) => isNode(expression) && TEST.test(lastName(expression.callee)))
  return tests.length > 1
}

function medianOf(files: Tree): Violation[] {
  const sorted = files
    .filter(isCode)
    .map((file) => lineCount(file.text))
    .sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  if (median < MEDIAN_BELOW_LINES) return []
  return [{ path: '.', line: 1, reason: `the median file has ${median} lines; it stays under ${MEDIAN_BELOW_LINES}` }]
}
