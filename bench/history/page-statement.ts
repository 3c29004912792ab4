import assert from 'node:assert/strict'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { History } from '#domain/conversations'
import type { Database } from '#platform/postgres'
import { userIdSql } from './house.ts'

const PLAN_MODES = ['force_custom_plan', 'force_generic_plan']

/** The statement by which a page of the history is read, as PostgreSQL gets it. */
export async function pageStatement(pool: pg.Pool, history: History, userId: string): Promise<string> {
  const said: string[] = []
  const watched = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void said.push(query.sql),
  })
  await history.page(watched, userId, { before: 1_000, limit: 1 })
  const statement = said.find((sql) => /FROM messages/i.test(sql))
  assert.ok(statement, 'a page is read from messages')
  return statement.trim()
}

/** The same with a person and a place that pgbench throws dice for. */
export function pageScript(
  statement: string,
  { people, lines, limit }: { people: number; lines: number; limit: number },
): string {
  const filled = statement
    .replaceAll('$1', userIdSql(':person::integer'))
    .replaceAll('$2', ':before')
    .replaceAll('$3', String(limit))
  return `\\set person random(1, ${people})\n\\set before random(${limit + 1}, ${lines})\n${filled};\n`
}

/** Throws unless the page is read by the key alone and in its order, whichever plan is kept for it. */
export async function assertKeyset(pool: pg.Pool, statement: string, userId: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`PREPARE page (uuid, bigint, integer) AS ${statement}`)
    for (const mode of PLAN_MODES) {
      await client.query(`SET plan_cache_mode = ${mode}`)
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE page ('${userId}', 1000, 51)`)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      assert.match(plan, /Index Scan Backward using messages\w*_pkey/, plan)
      assert.doesNotMatch(plan, /Sort|Bitmap|Seq Scan/, plan)
    }
  } finally {
    client.release(true)
  }
}
