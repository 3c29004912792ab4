import { childNodes, isNode, lastName, literalText, type Node, nodesOf } from '../syntax.ts'
import { isCode, isTest, type SourceFile, type Tree, textOf } from '../tree.ts'
import type { Violation } from '../violation.ts'

export const ROUTES_DOCUMENT = 'docs/routes.md'

const WHOSE: Readonly<Record<string, string>> = {
  public: 'everybody',
  user: 'who is signed in, their own only',
  operator: 'operators; for anybody else it is not there (404)',
}

interface Route {
  method: string
  path: string
  owner: string
  summary: string
  file: string
  line: number
}

/** The table of routes says what the routes say of themselves. */
export function routes(tree: Tree): Violation[] {
  const all = routesIn(tree)
  const hidden = all
    .filter(({ method, path, owner, summary }) => !method || !path || !summary || !Object.hasOwn(WHOSE, owner))
    .map(({ file, line }) => ({ path: file, line, reason: 'write out method, path, owner and summary of a route' }))
  const stale = textOf(tree, ROUTES_DOCUMENT) !== routesDocument(tree)
  if (hidden.length > 0 || !stale) return hidden
  return [{ path: ROUTES_DOCUMENT, line: 1, reason: 'is not what the routes say: node test/tidy/write-routes.ts' }]
}

/** The table as it should be. */
export function routesDocument(tree: Tree): string {
  const all = routesIn(tree)
  const sections = Object.entries(WHOSE).map(([owner, whose]) => {
    const rows = all.filter((route) => route.owner === owner).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    return [
      `## ${owner}: ${whose}`,
      '',
      '| method | path | what |',
      '|---|---|---|',
      ...rows.map(({ method, path, summary }) => `| ${method} | \`${path}\` | ${summary} |`),
      '',
    ].join('\n')
  })
  return [
    '# Routes: whose each one is',
    '',
    'Written from the routes themselves by `node test/tidy/write-routes.ts`; `npm run check` fails when it is stale. The owner rule of a route is',
    'enforced before its handler sees anything, and is the member `x-owner` of `/api/openapi.json`. A write by cookie needs our own origin.',
    'Pages and their files are everybody’s and hold nothing of anybody: whatever is personal comes by a route of the owner `user`.',
    '',
    ...sections,
  ].join('\n')
}

function keyOf({ path, method }: Route): string {
  return `${path} ${method}`
}

function routesIn(tree: Tree): Route[] {
  return tree.filter((file) => /^src\/edges\//.test(file.path) && isCode(file) && !isTest(file)).flatMap(routesOf)
}

function routesOf(file: SourceFile): Route[] {
  if (file.path.endsWith('start-test-frame.ts')) return []
  return nodesOf(file).flatMap(({ node, line }) => {
    const [description] = node.type === 'CallExpression' ? childNodes(node.arguments) : []
    if (lastName(node.callee) !== 'defineRoute' || description?.type !== 'ObjectExpression') return []
    const part = (name: string) => wordsOf(partOf(description, name))
    const method = part('method').toUpperCase()
    return [{ method, path: part('path'), owner: part('owner'), summary: part('summary'), file: file.path, line }]
  })
}

function partOf(object: Node, name: string): unknown {
  return childNodes(object.properties).find(({ key }) => lastName(key) === name)?.value
}

/** A text; what a template leaves open stands by its name. */
function wordsOf(value: unknown): string {
  const text = literalText(value)
  if (text !== null || !isNode(value) || value.type !== 'TemplateLiteral') return text ?? ''
  const names = childNodes(value.expressions).map((hole) => `<${lastName(hole)}>`)
  return childNodes(value.quasis)
    .map((quasi, index) => cookedOf(quasi) + (names[index] ?? ''))
    .join('')
}

function cookedOf({ value }: Node): string {
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : ''
}
