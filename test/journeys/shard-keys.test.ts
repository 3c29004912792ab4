import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { testDatabase } from '#test/database'

const { pool } = await testDatabase()

/** Tables with a unique index whose first column is not the user. */
async function keyedOtherwise(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`
    SELECT DISTINCT t.relname::text AS name FROM pg_index i
      JOIN pg_class t ON t.oid = i.indrelid
      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
    WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique AND a.attname IS DISTINCT FROM 'user_id' ORDER BY 1`)
  return rows.map(({ name }) => name)
}

test('docs/scaling.md says what to do with every table that cannot be sharded by user as it is', async () => {
  const [, section = ''] = (await readFile('docs/scaling.md', 'utf8')).split('## Keys')
  const listed = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)])
  assert.deepEqual(listed.map(([, name]) => name).toSorted(), await keyedOtherwise())
})
