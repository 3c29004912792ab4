import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { ACCEPT, PROACTIVE, PROOF, tables } from './tables.ts'

const MIGRATIONS = {
  'migrations/0001-identity.sql': '-- Room: domain/identity. Who.\nCREATE TABLE users (\n  id uuid\n);\n',
  'migrations/0002-credits.sql':
    '-- Room: domain/credits. What.\nCREATE TABLE holds (id uuid);\nCREATE VIEW sums AS SELECT 1;\n',
}

function naming(line: string, path = 'src/domain/credits/hold.ts'): string[] {
  return found(tables, { ...MIGRATIONS, [path]: `const first = 1\n${line}\n` })
}

test("a room's own store names its tables", () => {
  assert.deepEqual(naming("db.selectFrom('holds')", 'src/domain/credits/hold-store.ts'), [])
  assert.deepEqual(naming('sql`SELECT 1 FROM sums`', 'src/domain/credits/hold-store.ts'), [])
})

test("a room's own SQL names its tables, and no others", () => {
  const path = 'src/domain/credits/holds.sql'
  assert.deepEqual(found(tables, { ...MIGRATIONS, [path]: 'UPDATE holds SET id = NULL;\n' }), [])
  assert.deepEqual(found(tables, { ...MIGRATIONS, [path]: '\nUPDATE users SET id = NULL;\n' }), [`${path}:2`])
})

test('another file of the room does not', () => {
  assert.deepEqual(naming("db.selectFrom('holds as h')"), ['src/domain/credits/hold.ts:2'])
})

test("another room's store does not, whatever the way of asking", () => {
  const path = 'src/domain/credits/hold-store.ts'
  for (const line of [
    "db.selectFrom('users')",
    "db.selectFrom(['holds', 'users as u'])",
    "db.insertInto('users')",
    "db.updateTable('users')",
    "db.deleteFrom('users')",
    "query.innerJoin('users', 'a', 'b')",
    "query.leftJoin('users as u', 'a', 'b')",
    'sql`select * from users`',
    `sql\`SELECT * FROM holds h, users u\``,
    "pool.query('delete from users')",
    "const text = 'UPDATE users SET id = 1'",
    "sql.table('users')",
    "const queue = { table: 'users', key: ['id'] }",
  ]) {
    assert.deepEqual(naming(line, path), [`${path}:2`], line)
  }
})

test('the line inside a long statement is told', () => {
  const path = 'src/domain/credits/hold-store.ts'
  assert.deepEqual(naming('sql`\n  SELECT 1\n  FROM users`', path), [`${path}:4`])
})

test('a sentence is not a query, and a test may look behind the door', () => {
  assert.deepEqual(naming("throw new Error('nothing came from users')"), [])
  assert.deepEqual(naming("vault.seal(key, { table: 'users', id }, text)"), [])
  assert.deepEqual(naming("db.selectFrom('users')", 'src/domain/credits/hold.test.ts'), [])
})

test('a table without a room is told', () => {
  const path = 'migrations/0003-more.sql'
  assert.deepEqual(found(tables, { [path]: '-- More.\nCREATE TABLE strays (id uuid);\n' }), [`${path}:2`])
})

test('what may cross rooms touches what its list says, no more and no less', () => {
  for (const { path, tables: all } of [ACCEPT, PROACTIVE, PROOF]) {
    const migration = `-- Room: domain/replies\n${[...all, 'extras'].map((name) => `CREATE TABLE ${name} (id uuid);`).join('\n')}\n`
    const touching = (names: readonly string[]) =>
      found(tables, {
        'migrations/0001-all.sql': migration,
        [path]: names.map((name) => `SELECT 1 FROM ${name};\n`).join(''),
      })
    assert.deepEqual(touching(all), [])
    assert.deepEqual(touching([...all, 'extras']), [`${path}:${all.length + 1}`])
    assert.deepEqual(touching(all.slice(1)), [`${path}:1`])
  }
})

test('the audit may read every table', () => {
  assert.deepEqual(naming('SELECT 1 FROM users', 'src/processes/audit-books.sql'), [])
})

test('another SQL file in a room is no way around', () => {
  const path = 'src/domain/credits/hold.sql'
  assert.deepEqual(naming('-- FROM users\nSELECT 1 FROM users', path), [`${path}:3`])
})
