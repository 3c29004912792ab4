import { Problem } from './problem.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** An id from a path: one that cannot exist is answered like one that does not. @throws Problem 404 */
export function knownId(id: string): string {
  if (!isUuid(id)) throw new Problem(404, 'not_found')
  return id
}
