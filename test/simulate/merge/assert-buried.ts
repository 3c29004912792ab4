import assert from 'node:assert/strict'
import type { Kysely } from 'kysely'
import { type RawBuilder, sql } from 'kysely'
import type { MergePart } from '#domain/identity'
import type { Database } from '#platform/postgres'
import type { Stage } from './stage.ts'

/** Names of columns that hold a user's id. */
const USER_COLUMN = /^(user_id|\w+_user_id|survivor_id|absorbed_id|merged_into)$/

/** Every column of the schema that holds a user's id, by its table. */
export async function userColumns(db: Kysely<Database>): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name = 'uuid'
  `.execute(db)
  const columns = new Map<string, string[]>()
  for (const { table, column } of rows) {
    if (USER_COLUMN.test(column)) columns.set(table, [...(columns.get(table) ?? []), column])
  }
  return columns
}

/** The tables whose rows a merge hands over. */
export function movingTables(parts: readonly MergePart[]): string[] {
  return parts.flatMap(({ tables }) =>
    Object.entries(tables).flatMap(([table, fate]) => (fate === 'moves' ? table : [])),
  )
}

/** I7 over the whole database: no row that moves names a user who was merged into another. */
export async function assertNobodyBuriedOwns({ rooms, deps }: Stage): Promise<void> {
  const columns = await userColumns(rooms.db)
  for (const table of movingTables(deps.parts)) {
    for (const column of columns.get(table) ?? []) {
      assert.equal(
        await countBuried(rooms.db, sql.table(table), sql.ref(column)),
        0,
        `${table}.${column} names the absorbed`,
      )
    }
  }
}

async function countBuried(
  db: Kysely<Database>,
  table: RawBuilder<unknown>,
  column: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM ${table} JOIN users u ON u.id = ${column} WHERE u.merged_into IS NOT NULL
  `.execute(db)
  return rows[0]?.count ?? -1
}
