import { importsOf } from './imports.ts'
import { targetOf } from './places.ts'
import { isCode, isTest, type SourceFile, type Tree } from './tree.ts'

/** Test files, and the files that nobody but them imports: contract suites, tables and stand-ins made for tests. */
export function testFiles(tree: Tree): ReadonlySet<SourceFile> {
  const importers = importersByPath(tree)
  const tests = new Set(tree.filter(isTest))
  const rest = tree.filter((file) => isCode(file) && importers.has(file.path))
  for (let before = -1; before !== tests.size; ) {
    before = tests.size
    for (const file of rest) if (importers.get(file.path)?.every((importer) => tests.has(importer))) tests.add(file)
  }
  return tests
}

function importersByPath(tree: Tree): Map<string, SourceFile[]> {
  const importers = new Map<string, SourceFile[]>()
  for (const file of tree.filter(isCode)) {
    for (const { specifier } of importsOf(file)) {
      const { path } = targetOf(file.path, specifier)
      importers.set(path, [...(importers.get(path) ?? []), file])
    }
  }
  return importers
}
