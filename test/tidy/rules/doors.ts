import { importsOf } from '../imports.ts'
import { FLOORS_WITH_ROOMS, nameOf, placeOf, targetOf } from '../places.ts'
import { childNodes, nodesOf } from '../syntax.ts'
import { isCode, type Tree } from '../tree.ts'
import type { Violation } from '../violation.ts'

const README_MAX_LINES = 20

/** Rule 3: rooms are entered by their door, and a door is a list of names. */
export function doors(tree: Tree): Violation[] {
  return [...crossings(tree), ...roomsOf(tree).flatMap((room) => [...readmeOf(tree, room), ...doorOf(tree, room)])]
}

/** A path from one place into another's inside, instead of through `#floor/room`. */
function crossings(tree: Tree): Violation[] {
  return tree.filter(isCode).flatMap((file) => {
    const from = placeOf(file.path)
    if (from.area === 'test' || from.area === 'bench') return []
    return importsOf(file).flatMap(({ specifier, line }) => {
      const { place, way } = targetOf(file.path, specifier)
      if (way !== 'path' || nameOf(place) === nameOf(from) || place.area === 'content') return []
      // How the page is built stands beside the page.
      if (from.area === 'build' && place.area === 'web') return []
      const door = place.area === 'sandbox' ? '#sandbox' : `#${nameOf(place)}`
      return [{ path: file.path, line, reason: `imports ${specifier}: another room is entered by its door ${door}` }]
    })
  })
}

function roomsOf(tree: Tree): string[] {
  const rooms = tree.filter(isCode).flatMap(({ path }) => {
    const { area, room } = placeOf(path)
    return FLOORS_WITH_ROOMS.includes(area) && room && !room.includes('.') ? [`src/${area}/${room}`] : []
  })
  return [...new Set(rooms)]
}

function readmeOf(tree: Tree, room: string): Violation[] {
  const path = `${room}/README.md`
  const readme = tree.find((file) => file.path === path)
  if (!readme) return [{ path, line: 1, reason: 'is missing: every room says what it owns, offers and never does' }]
  const lines = readme.text.trimEnd().split('\n').length
  if (lines <= README_MAX_LINES) return []
  return [
    { path, line: README_MAX_LINES + 1, reason: `has ${lines} lines; a room explains itself in ${README_MAX_LINES}` },
  ]
}

function doorOf(tree: Tree, room: string): Violation[] {
  const path = `${room}/index.ts`
  const door = tree.find((file) => file.path === path)
  if (!door) return [{ path, line: 1, reason: 'is missing: every room has one door' }]
  const [program] = nodesOf(door)
  const statements = new Set(childNodes(program?.node.body))
  return nodesOf(door)
    .filter(({ node }) => statements.has(node) && !(node.type === 'ExportNamedDeclaration' && node.source))
    .map(({ line }) => ({ path, line, reason: 'a door holds nothing but `export { names } from` another file' }))
}
