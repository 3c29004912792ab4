import { importsOf } from '../imports.ts'
import { FLOORS, nameOf, type Place, placeOf, type Target, targetOf } from '../places.ts'
import { testFiles } from '../test-files.ts'
import { isCode, type SourceFile, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

/** Rule 2: who stands further up may use who stands further down; rooms beside each other may not. */
const DOMAIN_LEVELS: readonly (readonly string[])[] = [
  ['proactive', 'legacy', 'readings'],
  ['replies'],
  ['memory'],
  ['conversations', 'credits', 'delivery', 'personas', 'payments', 'support', 'spending'],
  ['linking', 'leaving'],
  ['identity'],
  ['audit', 'safety'],
]

/** Rule 5: the one edge that other edges may use. */
const SHARED_EDGE = 'http'

/** Rules 1, 2 and 5: which way imports may go. */
export function importDirections(tree: Tree): Violation[] {
  const tests = testFiles(tree)
  return tree.filter(isCode).flatMap((file) =>
    importsOf(file).flatMap(({ specifier, line }) => {
      const reason = refusal(file, targetOf(file.path, specifier), tests.has(file))
      return reason ? [{ path: file.path, line, reason: `imports ${specifier}: ${reason}` }] : []
    }),
  )
}

function refusal(file: SourceFile, target: Target, inTest: boolean): string | null {
  const from = placeOf(file.path)
  const to = target.place
  if (from.area === 'test' || from.area === 'bench') return null
  if (target.way === 'package') return from.area === 'contract' && !inTest ? 'contract imports nothing' : null
  if (inTest && (to.area === 'test' || to.area === 'sandbox')) return null
  if (to.area === 'test' || to.area === 'bench') return 'only tests may use the harness'
  if (from.area === 'build')
    return to.area === 'build' || to.area === 'web' ? null : 'a build reads what it builds as files'
  if (to.area === 'build') return 'nothing that runs builds'
  if (from.area === 'web') return inWeb(to)
  if (from.area === 'sandbox')
    return to.area === 'sandbox' || to.area === 'contract' ? null : 'the sandbox knows nothing of src but #contract'
  if (to.area === 'web') return 'the page is not part of the server'
  if (to.area === 'sandbox') return from.area === 'processes' ? null : 'only src/processes starts the sandbox'
  return betweenFloors(from, to)
}

function inWeb(to: Place): string | null {
  if (to.area === 'web' || to.area === 'contract' || to.area === 'content') return null
  return 'the page knows #contract and packages alone'
}

function betweenFloors(from: Place, to: Place): string | null {
  const fromFloor = FLOORS.indexOf(from.area)
  const toFloor = FLOORS.indexOf(to.area)
  if (fromFloor < 0 || toFloor < 0) return null
  if (toFloor < fromFloor) return `imports go down only (${FLOORS.join(' → ')})`
  if (from.area !== to.area || from.room === to.room) return null
  if (from.area === 'domain') return betweenDomainRooms(from, to)
  if (from.area === 'edges' && to.room !== SHARED_EDGE) return `edges never import each other, except ${SHARED_EDGE}`
  return null
}

function betweenDomainRooms(from: Place, to: Place): string | null {
  const fromLevel = levelOf(from)
  const toLevel = levelOf(to)
  if (fromLevel < 0 || toLevel < 0) {
    return `${nameOf(fromLevel < 0 ? from : to)} has no place in the order of domain rooms (${import.meta.filename.split('/').at(-1)})`
  }
  if (toLevel > fromLevel) return null
  if (toLevel === fromLevel) return `${nameOf(from)} and ${nameOf(to)} stand side by side: replies composes them`
  return `${nameOf(to)} stands above ${nameOf(from)}`
}

function levelOf({ room }: Place): number {
  return DOMAIN_LEVELS.findIndex((rooms) => rooms.includes(room))
}
