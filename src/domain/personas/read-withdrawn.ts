import type { Executor } from '#platform/postgres'
import type { Persona } from './persona.ts'
import { personaSchema } from './persona-schema.ts'
import { selectWithdrawn } from './persona-store.ts'

/** Personas no longer offered, so that old conversations keep their name and portrait. Content of a shape we no longer read is left out. */
export async function readWithdrawn(executor: Executor): Promise<Persona[]> {
  const rows = await selectWithdrawn(executor)
  return rows.flatMap(({ content }) => {
    const parsed = personaSchema.safeParse(content)
    return parsed.success ? [parsed.data] : []
  })
}
