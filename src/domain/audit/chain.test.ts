import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { createVault } from '#platform/vault'
import { testDatabase } from '#test/database'
import { recordAudit, sealAudit, verifyChain } from './index.ts'

const vault = createVault({ masterKey: randomBytes(32) })
const ROWS = 12

/** What a hand does that may do everything in the database, and what is said of it. */
const TAMPERINGS: Record<string, { deed: RawBuilder<unknown>[]; says: RegExp }> = {
  'a row says something else': {
    deed: [sql`UPDATE audit_events SET details = '{"n": 99}' WHERE id = 5`],
    says: /^audit_events 5 is not what was sealed at place 5$/,
  },
  'a row is of another time': {
    deed: [sql`UPDATE audit_events SET happened_at = happened_at - interval '1 microsecond' WHERE id = 5`],
    says: /^audit_events 5 is not/,
  },
  'a row is gone': {
    deed: [sql`DELETE FROM audit_events WHERE id = 5`],
    says: /^audit_events 5 was sealed and is gone$/,
  },
  'a row is gone together with its seal': {
    deed: [sql`DELETE FROM audit_events WHERE id = 5`, sql`DELETE FROM audit_seals WHERE event_id = 5`],
    says: /^audit_seals 6 follows 4/,
  },
  'the first row is gone together with its seal': {
    deed: [sql`DELETE FROM audit_events WHERE id = 1`, sql`DELETE FROM audit_seals WHERE event_id = 1`],
    says: /^audit_seals 2 follows 0/,
  },
  'rows have changed places': {
    deed: [
      sql`UPDATE audit_seals SET event_id = -event_id WHERE event_id IN (5, 6)`,
      sql`UPDATE audit_seals SET event_id = 11 + event_id WHERE event_id IN (-5, -6)`,
    ],
    says: /^audit_events 6 is not what was sealed at place 5$/,
  },
  'a row is added with a seal that somebody made up': {
    deed: [
      sql`INSERT INTO audit_events (id, kind) OVERRIDING SYSTEM VALUE VALUES (1000, 'sign_in')`,
      sql`INSERT INTO audit_seals (place, event_id, hash) VALUES (13, 1000, '\\x00')`,
    ],
    says: /^audit_events 1000 is not/,
  },
  'a row is added in the past, where nobody seals any more': {
    deed: [
      sql`INSERT INTO audit_events (id, kind, happened_at) OVERRIDING SYSTEM VALUE
          VALUES (-5000, 'sign_in', now() - interval '1 day')`,
    ],
    says: /^audit_events -5000 was never sealed/,
  },
}

for (const [what, { deed, says }] of Object.entries(TAMPERINGS)) {
  test(`${what}: it is named`, async (t) => {
    const { db, chain } = await sealedRows(t)
    assert.deepEqual(await chain(), [])
    await sql`ALTER TABLE audit_events DISABLE TRIGGER USER`.execute(db)
    await sql`ALTER TABLE audit_seals DISABLE TRIGGER USER`.execute(db)
    for (const statement of deed) await statement.execute(db)
    await sealAudit(db, vault)
    const found = await chain()
    assert.ok(
      found.some((line) => says.test(line)),
      found.join('\n'),
    )
  })
}

test('many who seal at once make one chain, and what comes meanwhile is sealed in its turn', async (t) => {
  const { db, chain } = await sealedRows(t)
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let round = 0; round < 5; round++) {
        await recordAudit(db, { kind: 'sign_in', userId: randomUUID(), client: randomBytes(32) })
        await sealAudit(db, vault)
      }
    }),
  )
  await sealAudit(db, vault)
  assert.equal(await sealAudit(db, vault), 0)
  assert.deepEqual(await chain(), [])
  const { rows } = await sql<{ count: number }>`SELECT count(*)::integer AS count FROM audit_seals`.execute(db)
  assert.equal(rows[0]?.count, ROWS + 30)
})

test('another key finds nothing as it was sealed, so nobody who has the database alone makes a chain', async (t) => {
  const { db } = await sealedRows(t)
  assert.equal(await verifyChain(db, createVault({ masterKey: randomBytes(32) }), () => {}), ROWS)
})

test('rows that are younger than a minute may wait for their seal; older ones are named', async (t) => {
  const { db, chain } = await sealedRows(t)
  await recordAudit(db, { kind: 'sign_in', userId: null })
  assert.deepEqual(await chain(), [])
  await sql`INSERT INTO audit_events (kind, happened_at) VALUES ('sign_in', now() - interval '2 minutes')`.execute(db)
  const found = await chain()
  assert.equal(found.length, 1)
  assert.match(found[0] ?? '', /was never sealed/)
})

test('the database refuses to change, delete and empty: to the owner of the tables by right, to a superuser by trigger', async (t) => {
  const { db } = await sealedRows(t)
  const role = `owner_${process.pid}`
  const statements = ['audit_events', 'audit_seals'].flatMap((table) => [
    `UPDATE ${table} SET ${table === 'audit_events' ? "kind = 'x'" : "hash = '\\x00'"}`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}${table === 'audit_events' ? ' CASCADE' : ''}`,
  ])
  for (const statement of statements) await assert.rejects(sql.raw(statement).execute(db), /only grows/)
  await sql.raw(`CREATE ROLE ${role}`).execute(db)
  t.after(() =>
    sql.raw(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`).execute(db),
  )
  for (const table of ['audit_events', 'audit_seals']) {
    await sql.raw(`ALTER TABLE ${table} OWNER TO ${role}`).execute(db)
  }
  for (const statement of statements) {
    await assert.rejects(
      db.transaction().execute(async (tx) => {
        await sql.raw(`SET LOCAL ROLE ${role}`).execute(tx)
        await sql.raw(statement).execute(tx)
      }),
      /permission denied/,
    )
  }
  await db.transaction().execute(async (tx) => {
    await sql.raw(`SET LOCAL ROLE ${role}`).execute(tx)
    await recordAudit(tx, { kind: 'sign_in', userId: null })
  })
})

async function sealedRows(t: TestContext) {
  const { db } = await testDatabase(t)
  for (let n = 0; n < ROWS; n++) {
    await recordAudit(db, { kind: 'sign_in', userId: randomUUID(), details: { n, provider: 'email' } })
  }
  await sealAudit(db, vault)
  const chain = async () => {
    const lines: string[] = []
    await verifyChain(db, vault, ({ table, key, says }) => lines.push(`${table} ${key} ${says}`))
    return lines
  }
  return { db, chain }
}
