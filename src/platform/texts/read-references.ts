import type { Entry } from './parse-text-file.ts'

type Pattern = NonNullable<Entry['value']>
type Expression = Exclude<Exclude<Pattern, string>[number], string>

/** What a text needs to be said: arguments (`$name`), and other texts (`name`) or terms (`-name`). */
export interface References {
  variables: Set<string>
  texts: Set<string>
}

/** References of one pattern, through all its variants. A term has arguments of its own: they are not counted. */
export function readReferences(pattern: Pattern | null): References {
  const found: References = { variables: new Set(), texts: new Set() }
  if (pattern !== null) readPattern(pattern, found)
  return found
}

function readPattern(pattern: Pattern, found: References): void {
  if (typeof pattern === 'string') return
  for (const element of pattern) if (typeof element !== 'string') readExpression(element, found)
}

function readExpression(expression: Expression, found: References): void {
  switch (expression.type) {
    case 'var':
      found.variables.add(expression.name)
      break
    case 'mesg':
      found.texts.add(expression.name)
      break
    case 'term':
      found.texts.add(`-${expression.name}`)
      break
    case 'func':
      for (const argument of expression.args) if (argument.type !== 'narg') readExpression(argument, found)
      break
    case 'select':
      readExpression(expression.selector, found)
      for (const variant of expression.variants) readPattern(variant.value, found)
      break
  }
}
