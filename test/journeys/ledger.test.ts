import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES, type CreditType } from '#contract/words'
import { balanceOf, bookTopUp, clawBack, grantByOperator, refundTurn } from '#domain/credits'
import { lockUser, lockUsers } from '#domain/identity'
import { type LinkDeps, mergeUsers, undoMerge } from '#domain/linking'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { markRefunded } from '../../src/domain/replies/refund-store.ts'
import { findTurn } from '../../src/domain/replies/turn-store.ts'
import { auditBooks, type Finding } from '../../src/processes/audit-books.ts'
import { ask, settle } from './ledger-steps.ts'

const RUNS = 25
/** Credits of each type that two people begin with. */
const LEFT = 0
const DEEDS_MAX = 40
const AMOUNT_MAX = 4
const WHICH_MAX = 30
const NO_SESSION = '00000000-0000-0000-0000-000000000000'

type Who = 'telegram' | 'web'
type Deed =
  | { kind: 'grant' | 'buy' | 'aborted'; who: Who; credits: Credits }
  | { kind: 'ask'; who: Who; times: number }
  | { kind: 'capture' | 'release' | 'refund-turn' | 'refund-charge' | 'buy-again'; which: number; times: number }
  | { kind: 'join' | 'part' }

const who = fc.constantFrom<Who>('telegram', 'web')
const amount = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: AMOUNT_MAX }))
const credits = fc.record({ basic: amount, pro: amount, cassandra: amount })
const times = fc.constantFrom(1, 1, 3)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('grant' as const, 'aborted' as const), who, credits }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('buy' as const), who, credits }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('ask' as const), who, times }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'capture' as const,
        'release' as const,
        'refund-turn' as const,
        'refund-charge' as const,
        'refund-charge' as const,
        'buy-again' as const,
      ),
      which: fc.nat(WHICH_MAX),
      times,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('join' as const, 'part' as const) }) },
)

const rooms = await openRooms()
const { db, pool } = rooms
const links: LinkDeps = { db, vault: rooms.vault, parts: mergeParts({ vault: rooms.vault, keys: rooms.keyRing }) }

/** Two people of one case, and what they had a hand in. */
interface Played {
  ids: Record<Who, string>
  joined: boolean
  turnIds: string[]
  charges: { id: string; credits: Credits }[]
  /** What both together should have: available and held less owed. */
  worth: Credits
}

test('whatever is given, spent, bought, refunded, joined, parted and broken off, every credit is accounted for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: DEEDS_MAX, size: 'max' }), async (deeds) => {
      const played = await begin()
      for (const one of deeds) {
        await act(played, one)
        assert.deepEqual(await worthOf(played), played.worth, `after ${fc.stringify(one)}`)
      }
      const findings: Finding[] = []
      await auditBooks(pool, (finding) => findings.push(finding))
      assert.deepEqual(findings, [])
    }),
    { numRuns: RUNS, verbose: 1 },
  )
})

async function begin(): Promise<Played> {
  const { userId: telegram } = await rooms.newPerson()
  const web = await rooms.newReader()
  await rooms.begin(telegram, 'arina')
  await rooms.begin(web, 'arina')
  for (const userId of [telegram, web]) await impoverish(userId)
  const played: Played = { ids: { telegram, web }, joined: false, turnIds: [], charges: [], worth: none() }
  played.worth = await worthOf(played)
  return played
}

/** Hardly anything is left of the welcome, so that debts and empty accounts are met soon. */
async function impoverish(userId: string): Promise<void> {
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    SELECT user_id, type, available - ${LEFT}, 'available', 'house', 'spent', 'spent:' || user_id || ':' || type
    FROM credit_balances WHERE user_id = ${userId} AND available > ${LEFT}`.execute(db)
  await sql`UPDATE credit_balances SET available = least(available, ${LEFT}) WHERE user_id = ${userId}`.execute(db)
}

async function act(played: Played, one: Deed): Promise<void> {
  switch (one.kind) {
    case 'grant': {
      const given = await locked(userOf(played, one.who), (tx, userId) =>
        grantByOperator(tx, { userId, operatorId: '1', reason: 'a test', credits: one.credits }),
      )
      return worthGrows(played, plus(given.available, given.debtPaid))
    }
    case 'aborted':
      return abort(userOf(played, one.who), one.credits)
    case 'buy':
      return buy(played, userOf(played, one.who), one.credits)
    case 'ask': {
      const key = randomUUID()
      const asked = Array.from({ length: one.times }, () => ask(rooms, userOf(played, one.who), key))
      const ids = new Set((await Promise.all(asked)).filter((id) => id !== null))
      assert.ok(ids.size <= 1, 'the same question was taken once')
      played.turnIds.push(...ids)
      return
    }
    case 'join':
      return join(played)
    case 'part':
      return part(played)
    default:
      return one.kind === 'refund-charge' || one.kind === 'buy-again'
        ? actOnCharge(played, one)
        : actOnTurn(played, one)
  }
}

/** A deed that breaks off before its commit leaves nothing. */
async function abort(userId: string, credits: Credits): Promise<void> {
  const broken = new Error('broken off')
  const deed = locked(userId, async (tx, id) => {
    await bookTopUp(tx, { userId: id, credits, reason: 'operator_grant', businessKey: `operator:${randomUUID()}` })
    await clawBack(tx, { userId: id, credits, businessKey: `claw_back:${randomUUID()}` })
    throw broken
  })
  await assert.rejects(deed, broken)
}

async function buy(played: Played, userId: string, credits: Credits): Promise<void> {
  const id = `charge:${randomUUID()}`
  const bought = await locked(userId, async (tx, buyerId) => {
    await sql`
      INSERT INTO orders (user_id, id, payload, telegram_id, offer_id, kind, stars, basic, pro, cassandra, expires_at)
      VALUES (${buyerId}, ${id.slice('charge:'.length)}, ${id}, '1', 'pack', 'pack', 50, ${credits.basic}, ${credits.pro},
              ${credits.cassandra}, now())
    `.execute(tx)
    await sql`
      INSERT INTO charges (id, user_id, order_id, telegram_id, stars, basic, pro, cassandra, source)
      VALUES (${id}, ${buyerId}, ${id.slice('charge:'.length)}, '1', 50, ${credits.basic}, ${credits.pro},
              ${credits.cassandra}, 'update')
    `.execute(tx)
    const { debt } = await balanceOf(tx, buyerId)
    const booked = await bookTopUp(tx, topUpOf(buyerId, id, credits))
    for (const type of CREDIT_TYPES) {
      assert.equal(booked.debtPaid[type], Math.min(debt[type], credits[type]), 'a debt is paid first')
    }
    return booked
  })
  played.charges.push({ id, credits })
  worthGrows(played, plus(bought.available, bought.debtPaid))
}

async function actOnCharge(
  played: Played,
  { kind, which, times }: Deed & { which: number; times: number },
): Promise<void> {
  const charge = played.charges[which % Math.max(1, played.charges.length)]
  if (!charge) return
  const { id } = charge
  const { rows } = await sql<{ user_id: string }>`SELECT user_id FROM charges WHERE id = ${id}`.execute(db)
  const holder = rows[0]?.user_id ?? ''
  if (kind === 'buy-again') {
    // The room of payments asks only once; whoever asks again is told that nothing came.
    const { rows: books } = await sql<{ user_id: string }>`
      SELECT user_id FROM ledger_transfers WHERE business_key LIKE ${`charge:${id}:%`}`.execute(db)
    if (books[0]?.user_id !== holder) return
    const again = await locked(holder, (tx, userId) => bookTopUp(tx, topUpOf(userId, id, charge.credits)))
    return assert.deepEqual([again.available, again.debtPaid], [none(), none()], 'booked once')
  }
  const refunds = Array.from({ length: times }, () =>
    locked(holder, async (tx, userId) => {
      const { rows: marked } = await sql`
        UPDATE charges SET refunded_at = now() WHERE id = ${id} AND refunded_at IS NULL RETURNING id`.execute(tx)
      if (marked.length === 0) return none()
      const before = await balanceOf(tx, userId)
      const { taken, owed } = await clawBack(tx, { userId, credits: charge.credits, businessKey: `claw_back:${id}` })
      for (const type of CREDIT_TYPES) assert.equal(taken[type], Math.min(before.available[type], charge.credits[type]))
      const again = await clawBack(tx, { userId, credits: charge.credits, businessKey: `claw_back:${id}` })
      assert.deepEqual(plus(again.taken, again.owed), none(), 'taken once')
      return plus(taken, owed)
    }),
  )
  for (const gone of await Promise.all(refunds)) worthGrows(played, minus(none(), gone))
}

async function actOnTurn(
  played: Played,
  { kind, which, times }: Deed & { which: number; times: number },
): Promise<void> {
  const turnId = played.turnIds[which % Math.max(1, played.turnIds.length)]
  const { rows } = await sql<{ user_id: string; state: string; refunded_at: Date | null; price_type: CreditType }>`
    SELECT user_id, state, refunded_at, price_type FROM turns WHERE id = ${turnId ?? null}`.execute(db)
  const [turn] = rows
  if (!turnId || !turn) return
  const isOpen = turn.state === 'queued' || turn.state === 'running'
  if (kind === 'refund-turn') {
    await Promise.all(Array.from({ length: times }, () => refund(turn.user_id, turnId)))
    if (turn.state === 'done' && !turn.refunded_at) worthGrows(played, { ...none(), [turn.price_type]: 1 })
    return
  }
  await Promise.all(Array.from({ length: times }, () => settle(rooms, turn.user_id, turnId, kind === 'capture')))
  if (isOpen && kind === 'capture') worthGrows(played, { ...none(), [turn.price_type]: -1 })
}

/** As the outcome of a delivery does it (`owed-content.ts`). */
async function refund(userId: string, turnId: string): Promise<void> {
  await locked(userId, async (tx, id) => {
    const turn = await findTurn(tx, id, turnId)
    if (turn?.state === 'done' && (await markRefunded(tx, turnId))) await refundTurn(tx, turn)
  })
}

async function join(played: Played): Promise<void> {
  if (played.joined) return
  const { telegram: survivorId, web: absorbedId } = played.ids
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    return mergeUsers(tx, links, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })
  played.joined = true
}

async function part(played: Played): Promise<void> {
  if (!played.joined) return
  const undone = await undoMerge(links, { userId: played.ids.telegram, sessionId: NO_SESSION }, async () => {})
  assert.ok('absorbedId' in undone)
  played.joined = false
}

function userOf({ ids, joined }: Played, person: Who): string {
  return joined ? ids.telegram : ids[person]
}

function locked<Result>(userId: string, deed: (tx: Executor, userId: string) => Promise<Result>): Promise<Result> {
  return inTransaction(db as Kysely<Database>, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    return deed(tx, user.id)
  })
}

function topUpOf(userId: string, chargeId: string, credits: Credits) {
  return { userId, credits, reason: 'purchase' as const, businessKey: `charge:${chargeId}` }
}

async function worthOf({ ids }: Played): Promise<Credits> {
  const both = await Promise.all([balanceOf(db, ids.telegram), balanceOf(db, ids.web)])
  return both.reduce((sum, { available, held, debt }) => minus(plus(sum, plus(available, held)), debt), none())
}

function worthGrows(played: Played, by: Credits): void {
  played.worth = plus(played.worth, by)
}

function plus(one: Credits, other: Credits): Credits {
  return { basic: one.basic + other.basic, pro: one.pro + other.pro, cassandra: one.cassandra + other.cassandra }
}

function minus(one: Credits, other: Credits): Credits {
  return plus(one, { basic: -other.basic, pro: -other.pro, cassandra: -other.cassandra })
}

function none(): Credits {
  return { basic: 0, pro: 0, cassandra: 0 }
}
