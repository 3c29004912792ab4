import { randomUUID } from 'node:crypto'
import type { Answer } from '#test/client'
import { granted, Person } from '#test/people'

interface Operation {
  'x-owner'?: string
  requestBody?: unknown
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>
}

export interface Route extends Operation {
  method: string
  path: string
}

/** What a route wants to be told before it looks for the id. */
const BODIES: Record<string, object> = {
  'PATCH /api/memory/{id}': { text: 'x' },
  'POST /api/admin/users/{id}/unlock': { reason: 'x' },
}

/** Every route of the house, from the table that it publishes itself. */
export async function readRoutes(url: string): Promise<Route[]> {
  const { paths } = granted(await new Person(url).client.call<OpenApi>('/api/openapi.json'))
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  )
}

/** Calls a route as this person, with `id` wherever it names one. */
export function callRoute(
  person: Person,
  { path, method, requestBody }: Route,
  id: string = randomUUID(),
): Promise<Answer> {
  return person.client.call(path.replaceAll(/\{\w+\}/g, encodeURIComponent(id)), {
    method,
    ...(requestBody ? { body: BODIES[`${method} ${path}`] ?? {} } : {}),
  })
}

/** The same with a cookie or a bearer of before, whatever the browser has now. */
export async function statusWith(url: string, { path, method, requestBody }: Route, proof: object): Promise<number> {
  const answer = await fetch(new URL(path.replaceAll(/\{\w+\}/g, randomUUID()), url), {
    method,
    headers: { origin: new URL(url).origin, 'content-type': 'application/json', ...proof },
    body: requestBody ? '{}' : null,
  })
  await answer.body?.cancel()
  return answer.status
}

/** The proof that a person's requests carry now. */
export function proofOf({ client }: Person): { authorization: string } | { cookie: string } {
  if (client.token) return { authorization: `Bearer ${client.token}` }
  return { cookie: [...client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ') }
}
