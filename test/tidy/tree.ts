import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string
  text: string
}

/** The repository as the rules see it. */
export type Tree = readonly SourceFile[]

const TOPS = ['src', 'web', 'sandbox', 'test', 'bench', 'migrations', 'locales', 'build', 'docs', 'README.md', '.ci']
const LEFT_OUT = new Set(['node_modules', 'dist', 'data', '.git'])
const READ = /(\.(ts|tsx|mjs|js|css|sql|md|ftl|json|html)|\/run)$/

export function readTree(root: string): Tree {
  return TOPS.flatMap((top) => pathsUnder(join(root, top)))
    .filter((path) => READ.test(path))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
}

/** A tree made up for a test: path → text. */
export function craftTree(files: Record<string, string>): Tree {
  return Object.entries(files).map(([path, text]) => ({ path, text }))
}

export function isCode(file: SourceFile): boolean {
  return /\.(ts|tsx|mjs|js)$/.test(file.path)
}

export function isGenerated(file: SourceFile): boolean {
  return /\.generated\.[a-z]+$/.test(file.path)
}

export function isTest(file: SourceFile): boolean {
  return /\.test\.tsx?$/.test(file.path)
}

/** The text of the file at this path, empty where there is none. */
export function textOf(tree: Tree, path: string): string {
  return tree.find((file) => file.path === path)?.text ?? ''
}

export function lineCount(text: string): number {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.length - 1 : lines.length
}

function pathsUnder(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => !LEFT_OUT.has(entry.name))
      .flatMap((entry) => (entry.isDirectory() ? pathsUnder(join(path, entry.name)) : [join(path, entry.name)]))
      .sort()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOTDIR') return [path]
    if (code === 'ENOENT') return []
    throw error
  }
}
