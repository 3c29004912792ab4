import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createHistory } from '#domain/conversations'
import { createKeyRing, updateUser } from '#domain/identity'
import { createAnnounce } from '#domain/replies'
import { createLeases } from '#platform/leases'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import type { Scope } from '#test/scope'
import { silentLog } from '#test/silent-log'
import { changeUser } from '../engagement/change-user.ts'
import type { SkipReason } from '../kinds.ts'
import { advanceCampaign, type CampaignDeps } from './advance-campaign.ts'
import { countEnded, readAwaited } from './awaited-store.ts'
import type { Campaign } from './campaign.ts'
import { CAMPAIGN_QUEUE, CampaignTakenError, type LeasedCampaign } from './campaign-queue-store.ts'
import { findCampaign } from './campaign-store.ts'
import { type CampaignDeed, changeCampaign } from './change-campaign.ts'
import { createCampaign } from './create-campaign.ts'
import { followTold } from './follow-told.ts'
import { tellUser } from './tell-user.ts'

const OPERATOR = '00000000-0000-7000-8000-000000000001'
const LEASE_MS = 60_000
/** As in advance-campaign.ts: two seconds of sending. */
const AHEAD = 60

/** A campaign in rooms in which nobody sends anything. */
async function stage(t: Scope) {
  const rooms = await openRooms(t)
  const { db, pool, vault, live } = rooms
  // A ring of its own: it knows no key from before.
  const history = createHistory({ vault, keys: createKeyRing({ vault, db }) })
  const measured: string[] = []
  const deps: CampaignDeps = {
    db,
    history,
    channels: new Map(),
    announce: createAnnounce(live),
    manners: { quietHours: 'none', dailyCap: 3 },
    measure: (_kind, outcome) => measured.push(outcome),
    log: silentLog,
  }
  const leases = createLeases({ pool })
  const signal = AbortSignal.timeout(LEASE_MS)
  return {
    ...rooms,
    deps,
    measured,
    async welcoming(count: number): Promise<{ userId: string; telegramId: string }[]> {
      const people: { userId: string; telegramId: string }[] = []
      for (let made = 0; made < count; made += 1) people.push(await rooms.newPerson())
      for (const { userId } of people) {
        await updateUser(db, userId, { proactiveEnabled: true })
        await rooms.begin(userId, 'arina')
      }
      return people
    },
    async started(): Promise<string> {
      const { id } = await createCampaign(db, { operatorId: OPERATOR, texts: { ru: 'Новости.' }, audience: {} })
      await changeCampaign(db, { id, deed: 'start', operatorId: OPERATOR })
      return id
    },
    change: (id: string, deed: CampaignDeed) => changeCampaign(db, { id, deed, operatorId: OPERATOR }),
    async take(): Promise<LeasedCampaign> {
      await sql`UPDATE campaigns SET due_at = now() WHERE due_at IS NOT NULL`.execute(db)
      const [row] = await leases.take(CAMPAIGN_QUEUE, { limit: 1, leaseMs: LEASE_MS })
      return row ?? assert.fail('nothing is due')
    },
    advance: (row: LeasedCampaign) => advanceCampaign(deps, row, signal),
    look: async (id: string): Promise<Campaign> => (await findCampaign(db, id)) ?? assert.fail(),
    async reasons(): Promise<(string | null)[]> {
      const { rows } = await sql<{ skipped: string | null }>`SELECT skipped FROM initiatives ORDER BY user_id`.execute(
        db,
      )
      return rows.map(({ skipped }) => skipped)
    },
    async owed(): Promise<{ state: string; error: string | null; count: number }[]> {
      const { rows } = await sql<{ state: string; error: string | null; count: number }>`
        SELECT state, last_error AS error, count(*)::integer AS count FROM deliveries WHERE purpose = 'proactive'
        GROUP BY state, last_error ORDER BY state, last_error
      `.execute(db)
      return rows
    },
    isDue: async (id: string) =>
      (await sql`SELECT id FROM campaigns WHERE id = ${id} AND due_at IS NOT NULL`.execute(db)).rows.length > 0,
  }
}

test('it never owes more than two seconds of sending, and goes on where it stopped', async (t) => {
  const { welcoming, started, take, advance, owed, look, db } = await stage(t)
  await welcoming(AHEAD + 5)
  const id = await started()
  // However slow the machine: each goes on for two seconds.
  while (((await owed())[0]?.count ?? 0) < AHEAD) await advance(await take())
  await advance(await take())
  assert.deepEqual(await owed(), [{ state: 'pending', error: null, count: AHEAD }])
  await sql`UPDATE deliveries SET state = 'sent', due_at = NULL, finished_at = now() WHERE purpose = 'proactive'`.execute(
    db,
  )
  await advance(await take())
  assert.deepEqual(await owed(), [
    { state: 'pending', error: null, count: 5 },
    { state: 'sent', error: null, count: AHEAD },
  ])
  const { state, sent } = await look(id)
  assert.deepEqual([state, sent], ['running', AHEAD])
  await sql`UPDATE deliveries SET state = 'unknown', due_at = NULL, finished_at = now() WHERE due_at IS NOT NULL`.execute(
    db,
  )
  await advance(await take())
  const end = await look(id)
  assert.deepEqual([end.state, end.sent, end.failed, end.total], ['done', AHEAD, 5, AHEAD + 5])
})

test('a worker whose lease is lost says nothing, writes nothing, and finishes nothing', async (t) => {
  const { welcoming, started, take, advance, deps, owed, reasons, look } = await stage(t)
  const [someone = assert.fail()] = await welcoming(1)
  const id = await started()
  const frozen = await take()
  const present = await take()
  await assert.rejects(tellUser(deps, frozen, someone.userId), CampaignTakenError)
  await advance(frozen)
  assert.deepEqual([await reasons(), await owed()], [[], []])
  await Promise.all([advance(frozen), advance(present), advance(frozen)])
  assert.deepEqual(await owed(), [{ state: 'pending', error: null, count: 1 }])
  await advance(frozen)
  assert.equal((await look(id)).state, 'running')
})

test('what has ended is counted once, however many count it', async (t) => {
  const { welcoming, started, take, advance, look, db } = await stage(t)
  await welcoming(2)
  const id = await started()
  await advance(await take())
  const ended = (await readAwaited(db, id, 10)).map((message) => ({ ...message, came: true, takenBack: false }))
  assert.equal(ended.length, 2)
  await Promise.all([countEnded(db, id, ended), countEnded(db, id, ended), countEnded(db, id, ended)])
  await countEnded(db, id, ended)
  assert.equal((await look(id)).sent, 2)
})

test('whoever heard it is passed over, whatever the cursor says', async (t) => {
  const { welcoming, started, take, advance, owed, look, db } = await stage(t)
  await welcoming(3)
  const id = await started()
  await advance(await take())
  await sql`UPDATE campaigns SET reached_user = NULL`.execute(db)
  await advance(await take())
  assert.deepEqual(await owed(), [{ state: 'pending', error: null, count: 3 }])
  assert.equal((await look(id)).skipped, 0)
})

const CHANGES: Partial<Record<SkipReason, string>> = {
  no_messenger: 'DELETE FROM identities WHERE user_id = $1',
  unreachable: `UPDATE identities SET reachability = 'blocked' WHERE user_id = $1`,
  off: 'UPDATE users SET proactive_enabled = false WHERE id = $1',
  not_adult: 'UPDATE users SET adult_confirmed_at = NULL WHERE id = $1',
  no_conversation: `UPDATE conversations SET status = 'archived' WHERE user_id = $1`,
  quiet_hours: `UPDATE users SET timezone = 'UTC', quiet_hours = to_char(now() AT TIME ZONE 'UTC' - interval '1 h', 'HH24:MI')
                  || '-' || to_char(now() AT TIME ZONE 'UTC' + interval '2 h', 'HH24:MI') WHERE id = $1`,
  daily_cap: `INSERT INTO initiatives (user_id, kind, cause, at)
              SELECT $1, 'engagement', n, now() + interval '1 h' FROM generate_series(1, 3) AS n`,
  talking: 'UPDATE users SET spoke_at = now() WHERE id = $1',
}

test('what changed since somebody was counted counts, and is written down', async (t) => {
  const { welcoming, started, take, deps, owed, look, pool, db, measured } = await stage(t)
  const people = await welcoming(Object.keys(CHANGES).length)
  const id = await started()
  const campaign = await take()
  const seen: Record<string, string | null> = {}
  for (const [reason, change] of Object.entries(CHANGES)) {
    const { userId } = people.shift() ?? assert.fail()
    await pool.query(change, [userId])
    assert.equal(await tellUser(deps, campaign, userId), false)
    const { rows } = await sql<{ skipped: string | null }>`
      SELECT skipped FROM initiatives WHERE user_id = ${userId} AND cause = ${id}
    `.execute(db)
    seen[reason] = rows[0]?.skipped ?? null
  }
  assert.deepEqual(measured, Object.keys(CHANGES))
  assert.deepEqual(seen, Object.fromEntries(Object.keys(CHANGES).map((reason) => [reason, reason])))
  assert.deepEqual(await owed(), [])
  await followTold(db, id)
  await followTold(db, id)
  assert.equal((await look(id)).skipped, Object.keys(CHANGES).length)
})

test('somebody whose key is damaged holds up nobody', async (t) => {
  const { welcoming, started, take, advance, owed, reasons, look, db } = await stage(t)
  const [first = assert.fail()] = (await welcoming(3)).toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
  await sql`UPDATE user_keys SET wrapped_key = '\\x00' WHERE user_id = ${first.userId}`.execute(db)
  const id = await started()
  await advance(await take())
  assert.deepEqual(await reasons(), ['broken', null, null])
  assert.deepEqual(await owed(), [{ state: 'pending', error: null, count: 2 }])
  assert.equal((await look(id)).failed, 1)
})

test('paused, it owes nothing more and waits for what it owes', async (t) => {
  const { welcoming, started, take, advance, change, owed, isDue, look, db } = await stage(t)
  await welcoming(3)
  const id = await started()
  const first = await take()
  await change(id, 'pause')
  await advance(first)
  await advance(await take())
  assert.deepEqual([await owed(), await isDue(id)], [[], false])
  await change(id, 'resume')
  await advance(await take())
  await change(id, 'pause')
  await advance(await take())
  assert.equal(await isDue(id), true, 'three are under way')
  await sql`UPDATE deliveries SET state = 'sent', due_at = NULL, finished_at = now() WHERE purpose = 'proactive'`.execute(
    db,
  )
  await advance(await take())
  const { state, sent } = await look(id)
  assert.deepEqual([state, sent, await isDue(id)], ['paused', 3, false])
})

test('who says no before it is sent does not get it, and counts as left out', async (t) => {
  const { welcoming, started, take, advance, owed, reasons, look, db, measured } = await stage(t)
  const [first = assert.fail()] = await welcoming(2)
  const id = await started()
  await advance(await take())
  assert.deepEqual(measured, ['said', 'said'])
  await inTransaction(db, (tx) => changeUser(tx, first.userId, { proactiveEnabled: false }))
  await sql`UPDATE deliveries SET state = 'sent', due_at = NULL, finished_at = now() WHERE due_at IS NOT NULL`.execute(
    db,
  )
  await advance(await take())
  assert.deepEqual(await owed(), [
    { state: 'failed', error: 'taken_back', count: 1 },
    { state: 'sent', error: null, count: 1 },
  ])
  const { state, total, sent, skipped, failed } = await look(id)
  assert.deepEqual([state, total, sent, skipped, failed], ['done', 2, 1, 1, 0])
  assert.deepEqual(await reasons(), ['off', null])
})

test('cancelled, it takes back what nobody has begun to send, and counts the rest', async (t) => {
  const { welcoming, started, take, advance, change, owed, isDue, look, reasons, db } = await stage(t)
  await welcoming(5)
  const id = await started()
  await advance(await take())
  await sql`
    WITH begun AS (
      UPDATE deliveries SET state = 'sending' WHERE id = (
        SELECT id FROM deliveries WHERE purpose = 'proactive' ORDER BY user_id LIMIT 1) RETURNING id
    )
    INSERT INTO delivery_attempts (delivery_id, attempt) SELECT id, 1 FROM begun
  `.execute(db)
  await change(id, 'cancel')
  await advance(await take())
  assert.deepEqual(await owed(), [
    { state: 'failed', error: 'taken_back', count: 4 },
    { state: 'sending', error: null, count: 1 },
  ])
  assert.deepEqual(await reasons(), [null, 'cancelled', 'cancelled', 'cancelled', 'cancelled'])
  assert.equal(await isDue(id), true)
  await sql`UPDATE deliveries SET state = 'sent', due_at = NULL, finished_at = now() WHERE state = 'sending'`.execute(
    db,
  )
  await advance(await take())
  const { state, sent, skipped, failed } = await look(id)
  assert.deepEqual([state, sent, skipped, failed, await isDue(id)], ['cancelled', 1, 4, 0, false])
})

test('cancelled while Telegram is away, it takes back what was turned away as well', async (t) => {
  const { welcoming, started, take, advance, change, isDue, look, db } = await stage(t)
  await welcoming(2)
  const id = await started()
  await advance(await take())
  await sql`
    INSERT INTO delivery_attempts (delivery_id, attempt, outcome)
    SELECT id, 1, 'retry' FROM deliveries WHERE purpose = 'proactive'`.execute(db)
  await change(id, 'cancel')
  await advance(await take())
  const { state, skipped } = await look(id)
  assert.deepEqual([state, skipped, await isDue(id)], ['cancelled', 2, false])
})
