import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { createSettableClock } from '#platform/clock'
import { createMetrics } from '#platform/metrics'
import { testDatabase } from '#test/database'
import { bareEnvironment } from '#test/environment'
import { openRooms, type Rooms } from '#test/rooms'
import { silentLog } from '#test/silent-log'
import { startWorld } from '#test/world'
import { auditBooks, type Finding } from '../../src/processes/audit-books.ts'
import { auditDaily } from '../../src/processes/audit-daily.ts'
import { startProgram } from '../harness/child-process.ts'
import { MASTER_KEY } from '../harness/vitte.ts'
import { play } from '../simulate/merge/play.ts'
import { scripts } from '../simulate/merge/script.ts'
import { openStage } from '../simulate/merge/stage.ts'
import { answered, ask } from './ledger-steps.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const DEEDS_MAX = 12
const CASES = 6
const DAY_MS = 86_400_000
const SEED = 5
const YOUNG_TURNS = 30_000
const TAKEN_AS_ENDLESS_MS = 25_000

/** What a hand does to the books of somebody who asked once and was answered, and which rows are to be named for it. */
interface Damage {
  deed(person: { userId: string; turnId: string }): RawBuilder<unknown>[]
  named(person: { userId: string; turnId: string }): string
}

const DAMAGES: Record<string, Damage> = {
  'a balance is raised': {
    deed: ({ userId }) => [
      sql`UPDATE credit_balances SET available = available + 1 WHERE user_id = ${userId} AND type = 'pro'`,
    ],
    named: ({ userId }) => `credit_balances ${userId}/pro`,
  },
  'a balance is below zero': {
    deed: ({ userId }) => [
      sql`ALTER TABLE credit_balances DROP CONSTRAINT credit_balances_held_check`,
      sql`UPDATE credit_balances SET held = -1 WHERE user_id = ${userId} AND type = 'pro'`,
    ],
    named: ({ userId }) => `credit_balances ${userId}/pro`,
  },
  'more is taken than was there': {
    deed: ({ userId }) => [bookBy(userId, 'claw_back', 'available', 'house', 'by-hand:1', 1_000)],
    named: ({ userId }) => `ledger_transfers ${userId}/`,
  },
  'a balance row is gone': {
    deed: ({ userId }) => [sql`DELETE FROM credit_balances WHERE user_id = ${userId}`],
    named: ({ userId }) => `credit_balances ${userId}/basic`,
  },
  'a hold is gone': {
    deed: ({ turnId }) => [sql`DELETE FROM ledger_transfers WHERE reason = 'hold' AND turn_id = ${turnId}`],
    named: ({ userId }) => `ledger_transfers ${userId}/`,
  },
  'a capture is gone': {
    deed: ({ turnId }) => [sql`DELETE FROM ledger_transfers WHERE reason = 'capture' AND turn_id = ${turnId}`],
    named: ({ turnId }) => `turns ${turnId}`,
  },
  'a turn is paid twice': {
    deed: ({ userId, turnId }) => [
      sql`INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key, turn_id)
          VALUES (${userId}, 'basic', 1, 'held', 'house', 'capture', ${`settle:${turnId}:2`}, ${turnId})`,
    ],
    named: ({ turnId }) => `turns ${turnId}`,
  },
  'a turn is open again without a hold': {
    deed: ({ turnId }) => [sql`UPDATE turns SET state = 'queued', due_at = 'infinity' WHERE id = ${turnId}`],
    named: ({ turnId }) => `turns ${turnId}`,
  },
  'a hold has no turn': {
    deed: ({ userId }) => [bookBy(userId, 'hold', 'available', 'held', 'hold:by-hand:1', 1)],
    named: ({ userId }) => `ledger_transfers ${userId}/no turn`,
  },
  'a turn says it was paid back': {
    deed: ({ turnId }) => [sql`UPDATE turns SET refunded_at = now() WHERE id = ${turnId}`],
    named: ({ turnId }) => `turns ${turnId}`,
  },
  'a reply is gone': {
    deed: ({ turnId }) => [sql`DELETE FROM messages WHERE turn_id = ${turnId} AND role = 'assistant'`],
    named: ({ turnId }) => `turns ${turnId}`,
  },
  'a question is gone': {
    deed: ({ turnId }) => [sql`DELETE FROM messages WHERE turn_id = ${turnId} AND role = 'user'`],
    named: ({ userId }) => `receipts ${userId}/page/`,
  },
  'a delivery is gone': {
    deed: ({ turnId }) => [sql`DELETE FROM deliveries WHERE turn_id = ${turnId}`],
    named: ({ userId }) => `messages ${userId}/`,
  },
  'a history has a gap': {
    deed: ({ userId }) => [sql`UPDATE users SET last_seq = last_seq + 1 WHERE id = ${userId}`],
    named: ({ userId }) => `users ${userId}`,
  },
  'a user is buried with all they have': {
    deed: ({ userId }) => [
      sql`UPDATE users SET merged_into = (SELECT id FROM users WHERE id <> ${userId} LIMIT 1) WHERE id = ${userId}`,
    ],
    named: ({ turnId }) => `turns ${turnId}`,
  },
  'a user has been absorbed twice': {
    deed: ({ userId }) => [
      sql`INSERT INTO merges (id, survivor_id, absorbed_id, way)
          SELECT ('00000000-0000-4000-8000-00000000000' || n)::uuid, id, ${userId}, 'link'
          FROM generate_series(1, 2) AS n, (SELECT id FROM users WHERE id <> ${userId} LIMIT 1) AS other`,
    ],
    named: () => 'merges 00000000-0000-4000-8000-000000000001',
  },
  'what one gave in a merge nobody got': {
    deed: ({ userId }) => [bookBy(userId, 'merge', 'available', 'house', 'merge:by-hand:available:basic', 1)],
    named: () => 'ledger_transfers merge:by-hand:available:basic',
  },
  'one deed is booked for two users': {
    deed: ({ userId }) => [
      sql`INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
          SELECT id, 'basic', 1, 'house', 'available', 'purchase', ${`charge:${userId}:basic`} FROM users
          WHERE id = ${userId} OR id = (SELECT id FROM users WHERE id <> ${userId} LIMIT 1)`,
    ],
    named: ({ userId }) => `ledger_transfers charge:${userId}:basic`,
  },
  'a charge brought nothing': {
    deed: ({ userId }) => [
      sql`INSERT INTO orders (user_id, id, payload, telegram_id, offer_id, kind, stars, basic, expires_at)
          VALUES (${userId}, ${userId}, ${userId}, '1', 'pack', 'pack', 50, 100, now())`,
      sql`INSERT INTO charges (id, user_id, order_id, telegram_id, stars, source)
          VALUES (${userId}, ${userId}, ${userId}, '1', 50, 'update')`,
    ],
    named: ({ userId }) => `charges ${userId}`,
  },
  'a charge is said to have brought less, and a refund would take less back': {
    deed: ({ userId }) => [...soundCharge(userId), sql`UPDATE charges SET basic = 50 WHERE user_id = ${userId}`],
    named: ({ userId }) => `charges ${userId}`,
  },
  'a charge is of more Stars than its order': {
    deed: ({ userId }) => [...soundCharge(userId), sql`UPDATE charges SET stars = 51 WHERE user_id = ${userId}`],
    named: ({ userId }) => `charges ${userId}`,
  },
  'a subscription was never paid for': {
    deed: ({ userId }) => [
      sql`INSERT INTO subscriptions (user_id, order_id, state, expires_at, last_charge_id)
          VALUES (${userId}, ${userId}, 'active', now(), 'nothing')`,
    ],
    named: ({ userId }) => `subscriptions ${userId}/`,
  },
  'a purchase has no charge': {
    deed: ({ userId }) => [bookBy(userId, 'purchase', 'house', 'available', 'charge:never:paid:basic', 5)],
    named: () => 'charges never:paid',
  },
  'an operator gave without a word': {
    deed: ({ userId }) => [bookBy(userId, 'operator_grant', 'house', 'available', `operator:${randomUUID()}:basic`, 5)],
    named: ({ userId }) => `ledger_transfers ${userId}/`,
  },
  'a welcome is forgotten': {
    deed: ({ userId }) => [
      sql`DELETE FROM welcome_grants WHERE encode(identity_hash, 'hex') IN (
            SELECT split_part(business_key, ':', 2) FROM ledger_transfers WHERE user_id = ${userId} AND reason = 'welcome')`,
    ],
    named: ({ userId }) => `ledger_transfers ${userId}/`,
  },
  'a turn waits for hours': {
    deed: ({ turnId }) => [
      sql`UPDATE turns SET state = 'queued', due_at = now(), queued_at = now() - interval '2 hours' WHERE id = ${turnId}`,
    ],
    named: ({ turnId }) => `turns ${turnId}`,
  },
  'a delivery waits for days': {
    deed: ({ turnId }) => [
      sql`UPDATE deliveries SET state = 'pending', due_at = now(), owed_at = now() - interval '4 days', id = turn_id
          WHERE turn_id = ${turnId}`,
    ],
    named: ({ turnId }) => `deliveries ${turnId}`,
  },
}

/** A pack that was paid for and brought what it should. */
function soundCharge(userId: string): RawBuilder<unknown>[] {
  return [
    sql`INSERT INTO orders (user_id, id, payload, telegram_id, offer_id, kind, stars, basic, expires_at)
        VALUES (${userId}, ${userId}, ${userId}, '1', 'pack', 'pack', 50, 100, now())`,
    sql`INSERT INTO charges (id, user_id, order_id, telegram_id, stars, basic, source)
        VALUES (${userId}, ${userId}, ${userId}, '1', 50, 100, 'update')`,
    bookBy(userId, 'purchase', 'house', 'available', `charge:${userId}:basic`, 100),
    sql`UPDATE credit_balances SET available = available + 100 WHERE user_id = ${userId} AND type = 'basic'`,
  ]
}

test('after merges, undoings and turns in flight the books are sound', async (t) => {
  const stage = await openStage({ after: (hook) => t.after(hook) })
  for (const script of fc.sample(scripts(DEEDS_MAX), { seed: SEED, numRuns: CASES })) await play(stage, script)
  assert.deepEqual(await audit(stage.rooms), [])
})

test('each kind of damage done by hand names its row, and nobody else’s', async (t) => {
  const rooms = await openRooms({ after: (hook) => t.after(hook) })
  const bystander = await answered(rooms)
  assert.ok(await ask(rooms, bystander.userId), 'a turn that is open')
  const people = await Promise.all(Object.keys(DAMAGES).map(() => answered(rooms)))
  assert.deepEqual(await audit(rooms), [])
  for (const [index, [what, { deed, named }]] of Object.entries(DAMAGES).entries()) {
    const person = people[index]
    assert.ok(person)
    const before = new Set(await audit(rooms))
    for (const statement of deed(person)) await statement.execute(rooms.db)
    const news = (await audit(rooms)).filter((line) => !before.has(line))
    assert.ok(
      news.some((line) => line.startsWith(named(person))),
      `${what}: ${named(person)} in\n${news.join('\n')}`,
    )
  }
  const lines = await audit(rooms)
  assert.ok(!lines.some((line) => line.includes(bystander.turnId)), 'who was left alone is not named')
})

test('books that were laid a moment ago, before PostgreSQL has counted them, are looked at to the end', async (t) => {
  const { pool } = await testDatabase(t)
  await pool.query('ALTER TABLE ledger_transfers SET (autovacuum_enabled = off)')
  await pool.query(
    `INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
     SELECT lpad(n::text, 32, '0')::uuid, 'basic', 1, deed.from_account, deed.to_account, deed.reason, deed.key || n || ':1'
     FROM generate_series(1, $1::integer) AS n, (VALUES ('available', 'held', 'hold', 'hold:'), ('held', 'house', 'capture', 'settle:'))
       AS deed(from_account, to_account, reason, key)`,
    [YOUNG_TURNS],
  )
  assert.ok((await auditBooks(pool, () => {}, AbortSignal.timeout(TAKEN_AS_ENDLESS_MS))) >= YOUNG_TURNS)
})

test('the command prints the rows of a damaged database and ends with 1', async (t) => {
  const { db, connectionString } = await testDatabase(t)
  const env = { DATABASE_URL: connectionString, MASTER_KEY }
  assert.deepEqual(await command(env), { code: 0, lines: ['sound'] })
  const userId = randomUUID()
  await sql`INSERT INTO credit_balances (user_id, type, available) VALUES (${userId}, 'basic', 5)`.execute(db)
  const { code, lines } = await command(env)
  assert.equal(code, 1)
  assert.match(lines[0] ?? '', new RegExp(`^credit_balances ${userId}/basic has available 5`))
  assert.equal(lines.at(-1), '1 findings')
})

test('the command looks at the embedded database, with Vitte running on it and without', async (t) => {
  const { vitte } = await startWorld(t, { env: { DATABASE_URL: '' } })
  const env = { DATA_DIR: vitte.env.DATA_DIR ?? '', MASTER_KEY }
  assert.deepEqual(await command(env), { code: 0, lines: ['sound'] })
  await vitte.stop()
  assert.deepEqual(await command(env), { code: 0, lines: ['sound'] })
  const { code, lines } = await command({ MASTER_KEY, DATA_DIR: `${env.DATA_DIR}/elsewhere` })
  assert.equal(code, 1)
  assert.match(lines.join(), /DATA_DIR/)
})

test('once a day operators get a figure, and whoever stops does not wait for it', async (t) => {
  const rooms = await openRooms({ after: (hook) => t.after(hook) })
  const clock = createSettableClock()
  const metrics = createMetrics({ processMetrics: false })
  const deed = auditDaily({ ...rooms, clock, metrics, log: silentLog })
  const figure = async () => /^vitte_audit_findings (.*)$/m.exec((await metrics.expose()).body)?.[1]
  await assert.rejects(deed(AbortSignal.abort()), { name: 'AbortError' })
  assert.equal(await figure(), undefined, 'no figure before somebody has looked')
  await deed(new AbortController().signal)
  assert.equal(await figure(), '0')
  await sql`INSERT INTO credit_balances (user_id, type, available) VALUES (${randomUUID()}, 'basic', 5)`.execute(
    rooms.db,
  )
  await deed(new AbortController().signal)
  assert.equal(await figure(), '0', 'not twice a day')
  clock.advance(DAY_MS)
  await deed(new AbortController().signal)
  assert.equal(await figure(), '1')
})

async function audit({ pool }: Rooms): Promise<string[]> {
  const findings: Finding[] = []
  await auditBooks(pool, (finding) => findings.push(finding))
  return findings.map(({ check, table, key, says }) => `${table} ${key} ${says} (${check})`)
}

async function command(env: Record<string, string>): Promise<{ code: number | string; lines: string[] }> {
  const args = ['dist/processes/audit.js']
  const program = startProgram({ command: process.execPath, args, cwd: ROOT, env: { ...bareEnvironment(), ...env } })
  const code = await program.exited
  return { code, lines: program.lines }
}

function bookBy(
  userId: string,
  reason: string,
  from: string,
  to: string,
  key: string,
  amount: number,
): RawBuilder<unknown> {
  return sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    VALUES (${userId}, 'basic', ${amount}, ${from}, ${to}, ${reason}, ${key})`
}
