import { strFromU8, unzipSync } from 'fflate'
import { granted, type Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'

export interface Exported {
  url: string
  expiresAt: string
}

export async function askForExport(person: Person): Promise<Exported> {
  return granted(await person.client.call<Exported>('/api/me/export', { method: 'POST' }))
}

/** Fetches what a link leads to and opens it: the files by name. */
export async function fetchExport(person: Person, url: string): Promise<Record<string, unknown[]>> {
  const response = await person.client.request(new URL(url).pathname)
  if (response.status !== 200) throw new Error(`the export answered ${response.status}`)
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, JSON.parse(strFromU8(bytes))]))
}

/** How the link answers this person. */
export async function exportStatus(person: Person, url: string): Promise<number> {
  const response = await person.client.request(new URL(url).pathname)
  await response.body?.cancel()
  return response.status
}

export const leave = (person: Person) => person.client.call('/api/me', { method: 'DELETE' })

/** What was proven in any session was proven long ago. */
export async function letProofsAge({ database }: World): Promise<void> {
  await database.pool.query(`UPDATE sessions SET proven_at = now() - interval '1 hour'`)
}

/** The day is over now, and soon all of it is gone. */
export async function letTheDayPass({ database }: Pick<World, 'database'>, userId: string): Promise<void> {
  await database.pool.query('UPDATE erasures SET due_at = now() WHERE user_id = $1', [userId])
  await waitFor(
    async () => {
      const { rows } = await database.pool.query('SELECT erased_at FROM erasures WHERE user_id = $1', [userId])
      return rows[0]?.erased_at
    },
    { what: 'the end of an erasure' },
  )
}

/** Tables in which something of this user is left, with how many rows; `charges` and what says that they were here stay. */
export async function leftOf({ database }: Pick<World, 'database'>, userId: string): Promise<Record<string, number>> {
  const { rows: columns } = await database.pool.query<{ table: string; column: string }>(
    `SELECT c.table_name AS "table", c.column_name AS "column" FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name = 'uuid'
       AND c.column_name ~ '^(user_id|.*_user_id|survivor_id|absorbed_id)$'`,
  )
  const left: Record<string, number> = {}
  for (const { table, column } of columns) {
    const { rows } = await database.pool.query(`SELECT count(*)::integer AS count FROM ${table} WHERE ${column} = $1`, [
      userId,
    ])
    if (rows[0].count > 0) left[table] = (left[table] ?? 0) + rows[0].count
  }
  return left
}
