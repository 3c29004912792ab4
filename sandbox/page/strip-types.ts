import { stripTypeScriptTypes } from 'node:module'

const stripped = new Map<string, string>()

/** The JavaScript of a TypeScript source, types replaced by blanks so that lines and columns stay. */
export function stripTypes(source: string): string {
  const known = stripped.get(source)
  if (known !== undefined) return known
  const made = quietly(() => stripTypeScriptTypes(source))
  stripped.set(source, made)
  return made
}

/** Node calls this function experimental, aloud, in the terminal of somebody who only opened a page. */
function quietly<T>(act: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return act()
  } finally {
    process.emitWarning = emitWarning
  }
}
