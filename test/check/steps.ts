import { compareLocales } from '#platform/texts'
import { RULES } from '../tidy/rules.ts'
import { readTree } from '../tidy/tree.ts'
import { printViolation } from '../tidy/violation.ts'
import { findingsOf } from './command.ts'
import type { Step } from './step.ts'

/** Cheap ones first where they tell more; each stands for itself. */
export function steps(root: string): Step[] {
  return [
    {
      name: 'types',
      findings: () => findingsOf(root, 'node_modules/typescript/bin/tsc', ['-p', '.', '--pretty', 'false']),
    },
    {
      name: 'lint and format',
      findings: () =>
        findingsOf(root, 'node_modules/@biomejs/biome/bin/biome', [
          'check',
          '--colors=off',
          '--diagnostic-level=error',
        ]),
    },
    { name: 'structure', findings: () => structure(root) },
    { name: 'texts in every language', findings: () => compareLocales(`${root}locales`).join('\n') },
    {
      name: 'database types against the live schema',
      findings: () => findingsOf(root, 'src/platform/postgres/generate-types.ts', ['--check']),
    },
  ]
}

function structure(root: string): string {
  const tree = readTree(root)
  return RULES.flatMap(({ check }) => check(tree))
    .map(printViolation)
    .join('\n')
}
