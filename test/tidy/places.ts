import { posix } from 'node:path'

export type Floor = 'processes' | 'edges' | 'domain' | 'platform' | 'contract'
export type Area = Floor | 'web' | 'sandbox' | 'test' | 'bench' | 'build' | 'content' | 'package'

/** Where a file lives: `src/domain/credits/hold.ts` → domain, credits. */
export interface Place {
  area: Area
  room: string
}

/** From the top down: an import may go to a place on its right, never to its left. */
export const FLOORS: readonly Area[] = ['processes', 'edges', 'domain', 'platform', 'contract']

/** Floors whose folders are rooms with a door. */
export const FLOORS_WITH_ROOMS: readonly Area[] = ['edges', 'domain', 'platform']

/** What stands beside the floors, each a whole. */
const OUTSIDE = ['web', 'sandbox', 'test', 'bench', 'build'] as const

export function placeOf(path: string): Place {
  const [top = '', second = '', third = ''] = path.split('/')
  if (top === 'src') {
    const floor = FLOORS.find((name) => name === second)
    if (!floor) return { area: 'package', room: '' }
    return { area: floor, room: FLOORS_WITH_ROOMS.includes(floor) ? third : '' }
  }
  const outside = OUTSIDE.find((name) => name === top)
  if (outside) return { area: outside, room: '' }
  return { area: 'content', room: '' }
}

export function nameOf({ area, room }: Place): string {
  return room ? `${area}/${room}` : area
}

/** Where an import leads, and the file it names when it is one of ours by path. */
export interface Target {
  place: Place
  /** Through a door of package.json "imports", by a path inside the repository, or out to a package. */
  way: 'door' | 'path' | 'package'
  path: string
}

export function targetOf(fromPath: string, specifier: string): Target {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(fromPath), specifier.replace(/\?.*$/, ''))
    return { place: placeOf(path), way: 'path', path }
  }
  const door = /^#(contract|platform|domain|edges|sandbox|test)(?:\/(.*))?$/.exec(specifier)
  if (!door) return { place: { area: 'package', room: '' }, way: 'package', path: specifier }
  const [, area = '', room = ''] = door
  const path =
    area === 'sandbox' ? 'sandbox/index.ts' : area === 'test' ? `test/harness/${room}.ts` : `src/${area}/${room}`
  return { place: placeOf(path), way: 'door', path }
}
