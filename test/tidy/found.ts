import { craftTree, type Tree } from './tree.ts'
import type { Violation } from './violation.ts'

/** What a rule finds in a crafted tree, as `path:line`. */
export function found(check: (tree: Tree) => Violation[], files: Record<string, string>): string[] {
  return check(craftTree(files)).map(({ path, line }) => `${path}:${line}`)
}
