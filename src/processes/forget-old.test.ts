import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { openRooms } from '#test/rooms'
import { forgetOld } from './forget-old.ts'

const { db, pool, newPerson, newReader } = await openRooms()
const { userId } = await newPerson()
const other = await newReader()

/** Days after which something is gone, and a row of it that is so many days old. */
const KEPT: Record<string, { days: number; make: (daysOld: number) => Promise<string>; lives: string }> = {
  receipts: {
    days: 30,
    lives: 'SELECT FROM receipts WHERE key = $1',
    make: async (daysOld) => {
      const key = randomUUID()
      await pool.query(
        `INSERT INTO receipts (user_id, source, key, outcome, received_at) VALUES ($1, 'test', $2, 'command', now() - make_interval(days => $3))`,
        [userId, key, daysOld],
      )
      return key
    },
  },
  proof_uses: {
    days: 0,
    lives: `SELECT FROM proof_uses WHERE encode(proof_hash, 'hex') = $1`,
    make: (daysOld) =>
      hashed(
        `INSERT INTO proof_uses (proof_hash, uses, expires_at) VALUES ($1, 1, now() - make_interval(days => $2))`,
        daysOld,
      ),
  },
  email_codes: {
    days: 0,
    lives: `SELECT FROM email_codes WHERE encode(address_hash, 'hex') = $1`,
    make: (daysOld) =>
      hashed(
        `INSERT INTO email_codes (address_hash, code_hash, expires_at) VALUES ($1, '\\x00', now() - make_interval(days => $2))`,
        daysOld,
      ),
  },
  sessions: {
    days: 30,
    lives: 'SELECT FROM sessions WHERE id = $1',
    make: async (daysOld) => {
      const id = randomUUID()
      await pool.query(
        `INSERT INTO sessions (id, user_id, token_hash, interface, expires_at) VALUES ($1, $2, $3, 'browser', now() - make_interval(days => $4))`,
        [id, userId, randomBytes(32), daysOld],
      )
      return id
    },
  },
  link_tokens: {
    days: 30,
    lives: 'SELECT FROM link_tokens WHERE id = $1',
    make: async (daysOld) => {
      const id = randomUUID()
      await pool.query(
        `INSERT INTO link_tokens (id, token_hash, origin, telegram_user_id, state, created_at, expires_at)
         VALUES ($1, $2, 'bot', $3, 'used', now() - make_interval(days => $4), now())`,
        [id, randomBytes(32), userId, daysOld],
      )
      return id
    },
  },
  merges: {
    days: 37,
    lives: `SELECT FROM merges WHERE id = $1 AND journal <> '{}'`,
    make: async (daysOld) => {
      const id = randomUUID()
      await pool.query(
        `INSERT INTO merges (id, survivor_id, absorbed_id, way, journal, merged_at)
         VALUES ($1, $2, $3, 'link', '{"identity": {}}', now() - make_interval(days => $4))`,
        [id, userId, other, daysOld],
      )
      return id
    },
  },
  'deliveries of notices': {
    days: 90,
    lives: 'SELECT FROM deliveries WHERE id = $1',
    make: (daysOld) => delivery(daysOld, { notice: { key: 'main' } }),
  },
  delivery_attempts: {
    days: 90,
    lives: 'SELECT FROM delivery_attempts WHERE delivery_id = $1',
    make: (daysOld) => delivery(daysOld, { messageId: randomUUID() }),
  },
  exports: {
    days: 7,
    lives: 'SELECT FROM exports WHERE id = $1',
    make: async (daysOld) => {
      const id = randomUUID()
      await pool.query(
        `INSERT INTO exports (id, user_id, session_id, token_hash, expires_at) VALUES ($1, $2, $3, $4, now() - make_interval(days => $5))`,
        [id, userId, randomUUID(), randomBytes(32), daysOld],
      )
      return id
    },
  },
  user_days: {
    days: 35,
    lives: 'SELECT FROM user_days WHERE user_id = $1',
    make: async (daysOld) => {
      const id = randomUUID()
      await pool.query('INSERT INTO user_days (user_id, day) VALUES ($1, current_date - $2::integer)', [id, daysOld])
      return id
    },
  },
}

for (const [what, { days, make, lives }] of Object.entries(KEPT)) {
  test(`${what}: gone after ${days} days, and not before`, async () => {
    const old = await make(days + 1)
    const young = await make(days - 1)
    const isThere = async (key: string) => (await pool.query(lives, [key])).rowCount === 1
    assert.deepEqual([await isThere(old), await isThere(young)], [true, true])
    await forgetOld(db)
    assert.deepEqual([await isThere(old), await isThere(young)], [false, true])
  })
}

test('the delivery of a reply stays with the reply, and what is still owed is never forgotten', async () => {
  const reply = await delivery(400, { messageId: randomUUID() })
  const owed = await delivery(400, { notice: { key: 'main' }, due: true })
  await forgetOld(db)
  const { rows } = await pool.query('SELECT id FROM deliveries WHERE id = ANY($1)', [[reply, owed]])
  assert.equal(rows.length, 2)
  assert.equal((await pool.query('SELECT FROM delivery_attempts WHERE delivery_id = $1', [owed])).rowCount, 1)
})

test('more than one sweep takes at once are all gone after one round', async () => {
  await pool.query(
    `INSERT INTO receipts (user_id, source, key, outcome, received_at)
     SELECT $1, 'many', n::text, 'command', now() - interval '31 days' FROM generate_series(1, 12000) n`,
    [userId],
  )
  await forgetOld(db)
  assert.equal((await pool.query(`SELECT FROM receipts WHERE source = 'many'`)).rowCount, 0)
})

async function hashed(insert: string, daysOld: number): Promise<string> {
  const hash = randomBytes(32)
  await pool.query(insert, [hash, daysOld])
  return hash.toString('hex')
}

/** A delivery with one attempt, as old as it. */
async function delivery(
  daysOld: number,
  { notice, messageId, due = false }: { notice?: object; messageId?: string; due?: boolean },
): Promise<string> {
  const id = randomUUID()
  await pool.query(
    `INSERT INTO deliveries (id, user_id, channel, interface, purpose, message_id, notice, state, due_at, created_at)
     VALUES ($1, $2, 'telegram', 'bot', 'notice', $3, $4, $5, CASE WHEN $6 THEN now() + interval '1 day' END, now() - make_interval(days => $7))`,
    [id, userId, messageId ?? null, notice ? JSON.stringify(notice) : null, due ? 'pending' : 'sent', due, daysOld],
  )
  await pool.query(
    'INSERT INTO delivery_attempts (delivery_id, attempt, started_at) VALUES ($1, 1, now() - make_interval(days => $2))',
    [id, daysOld],
  )
  return id
}
