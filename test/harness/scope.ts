import { after } from 'node:test'

type Deed = () => unknown

/** A test context, or the whole file (`{ after }` of node:test). */
export interface Scope {
  after(deed: Deed): void
}

/** The whole test file. */
export const wholeFile: Scope = { after }

const deedsOf = new WeakMap<Scope, Deed[]>()

/**
 * Runs `deed` after the hooks that the test registers itself, what came last first. Node runs hooks in the order of
 * registration, so what was opened first would be closed first, under the feet of everything that stands on it.
 * Every deed runs; the first error is thrown after them.
 */
export function atEnd(scope: Scope, deed: Deed): void {
  const known = deedsOf.get(scope)
  if (known) return void known.push(deed)
  const deeds = [deed]
  deedsOf.set(scope, deeds)
  scope.after(() =>
    scope.after(() => {
      deedsOf.delete(scope)
      return runBackwards(deeds)
    }),
  )
}

/** A test, whose end is strict; a file's end is not: node:test gives no moment after its other hooks. */
export function isTest(scope: Scope): boolean {
  return 'name' in scope
}

async function runBackwards(deeds: Deed[]): Promise<void> {
  const errors: unknown[] = []
  for (let deed = deeds.pop(); deed; deed = deeds.pop()) {
    try {
      await deed()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
}
