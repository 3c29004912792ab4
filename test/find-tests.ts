import { globSync } from 'node:fs'

const PATTERNS = ['src', 'web', 'sandbox', 'personas', 'test', 'bench'].map((top) => `${top}/**/*.test.{ts,tsx}`)

/** The test files whose path contains one of the words; all of them without words. */
export function findTests(root: string, words: readonly string[]): string[] {
  return globSync(PATTERNS, { cwd: root, exclude: ['**/node_modules/**', 'web/dist/**'] })
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
    .sort()
}
