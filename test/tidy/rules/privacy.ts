import { tableOwners } from '../table-owners.ts'
import { type Tree, textOf } from '../tree.ts'
import type { Violation } from '../violation.ts'

const DOCUMENT = 'docs/privacy.md'
const ROW = /^\| `(\w+)` \|/gm

/** What is stored can be looked up by operators: every table has its row, and no row is about a table that is gone. */
export function privacy(tree: Tree): Violation[] {
  const owners = tableOwners(tree)
  const rows = [...textOf(tree, DOCUMENT).matchAll(ROW)].map(([, table = '']) => table)
  return [
    ...[...owners]
      .filter(([table]) => !rows.includes(table))
      .map(([table, { path, line }]) => ({ path, line, reason: `${table} has no row in ${DOCUMENT}` })),
    ...rows
      .filter((table, index) => !owners.has(table) || rows.indexOf(table) < index)
      .map((table) => ({ path: DOCUMENT, line: 1, reason: `${table} is no table, or has two rows` })),
  ]
}
