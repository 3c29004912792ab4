import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { sql } from 'kysely'
import { updateUser } from '#domain/identity'
import { finishReply } from '../../src/domain/replies/finish-reply.ts'
import { findTurn } from '../../src/domain/replies/turn-store.ts'
import { auditBooks } from '../../src/processes/audit-books.ts'
import { openRooms, type Rooms } from '../harness/rooms.ts'
import type { Random } from './random.ts'
import type { Outcome, Simulation } from './simulation.ts'

const SENDS = 50
const PLACES = ['bot', 'webapp', 'browser'] as const
/** Mostly fewer than are asked for, sometimes enough for all. */
const BALANCES = [0, 1, 1, 1, 2, 3, 5, 8, 12, SENDS, SENDS + 1]
const CAP_SHARE = 0.2
const CAP_MAX = 10
/** How often a message is sent once more by a sender who heard no answer. */
const REPEATED_SHARE = 0.2
const WORKERS = availableParallelism()
/** Then the rest would tell nothing new. */
const FINDINGS_MAX = 20

/**
 * Somebody with a balance, and sometimes a cap of the day, sends 50 messages at once over bot, Mini App and site, some of
 * them twice. Exactly as many are taken as there are credits and room under the cap, and exactly those are paid.
 */
export const spend: Simulation = async ({ count, random, log, scope }) => {
  const rooms = await openRooms(scope)
  const sends = { taken: 0, refused: 0, repeated: 0 }
  const rounds = { all: 0, 'with a cap': 0 }
  const outcome: Outcome = { counts: { rounds, sends }, findings: [] }
  const work = async () => {
    while (rounds.all < count && outcome.findings.length < FINDINGS_MAX) {
      rounds.all += 1
      const round = draw(random.fork(rounds.all))
      if (round.cap !== null) rounds['with a cap'] += 1
      const { taken, findings } = await play(rooms, round)
      sends.taken += taken
      sends.refused += SENDS - taken
      sends.repeated += round.messages.length - SENDS
      outcome.findings.push(
        ...findings.map((finding) => `${finding}\nround ${JSON.stringify({ ...round, messages: 0 })}`),
      )
      log(`${rounds.all} of ${count}, findings: ${outcome.findings.length}`)
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  await auditBooks(rooms.pool, ({ table, key, says }) => outcome.findings.push(`${table} ${key} ${says}`))
  return outcome
}

interface Round {
  balance: number
  cap: number | null
  messages: { place: (typeof PLACES)[number]; key: string }[]
}

function draw(random: Random): Round {
  const once = Array.from({ length: SENDS }, (_, index) => ({
    place: PLACES[index % PLACES.length] ?? 'bot',
    key: randomUUID(),
  }))
  const repeated = once.filter(() => random.chance(REPEATED_SHARE))
  return {
    balance: random.pick(BALANCES),
    cap: random.chance(CAP_SHARE) ? random.int(CAP_MAX) + 1 : null,
    messages: random.shuffle([...once, ...repeated]),
  }
}

async function play(rooms: Rooms, { balance, cap, messages }: Round): Promise<{ taken: number; findings: string[] }> {
  const person = await rooms.newPerson()
  const { userId } = person
  await rooms.begin(userId, 'arina')
  await setBalance(rooms, userId, balance)
  if (cap !== null) await updateUser(rooms.db, userId, { dailyCap: cap })
  const answers = await Promise.all(messages.map((message) => send(rooms, person, message)))
  const taken = new Set(answers.filter(({ outcome }) => outcome === 'accepted').map(({ turnId }) => turnId))
  const expected = Math.min(balance, SENDS, cap ?? SENDS)
  const findings: string[] = []
  const expect = (what: string, is: number, should: number) => {
    if (is !== should) findings.push(`${what}: ${is} instead of ${should}`)
  }
  expect('messages taken', taken.size, expected)
  expect('held', (await accountsOf(rooms, userId)).held, expected)
  for (const turnId of taken) {
    const turn = turnId && (await findTurn(rooms.db, userId, turnId))
    if (turn) await finishReply(rooms.settle, turn, 'ответ')
  }
  const { available, held, captures } = await accountsOf(rooms, userId)
  expect('left', available, balance - expected)
  expect('held at the end', held, 0)
  expect('paid', captures, expected)
  return { taken: taken.size, findings }
}

function send(
  { receive }: Rooms,
  { userId, telegramId }: { userId: string; telegramId: string },
  { place, key }: Round['messages'][number],
) {
  return receive({
    source: place === 'bot' ? 'telegram:1' : 'page',
    key,
    sender: { userId },
    channel: place === 'browser' ? 'web' : 'telegram',
    interface: place,
    contentType: 'text',
    text: 'вопрос',
    address: place === 'bot' ? telegramId : null,
    sentAt: null,
  })
}

/** By a booking of its own, whatever the welcome was. */
async function setBalance({ db }: Rooms, userId: string, balance: number): Promise<void> {
  await sql`
    WITH given AS (
      SELECT available FROM credit_balances WHERE user_id = ${userId} AND type = 'basic'
    ), booked AS (
      INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
      SELECT ${userId}, 'basic', abs(${balance} - available),
             CASE WHEN available > ${balance} THEN 'available' ELSE 'house' END,
             CASE WHEN available > ${balance} THEN 'house' ELSE 'available' END, 'simulated', ${`simulated:${userId}`}
      FROM given WHERE available <> ${balance}
    )
    UPDATE credit_balances SET available = ${balance} WHERE user_id = ${userId} AND type = 'basic'
  `.execute(db)
}

async function accountsOf({ db }: Rooms, userId: string) {
  const { rows } = await sql<{ available: number; held: number; captures: number }>`
    SELECT available, held, (SELECT count(*)::integer FROM ledger_transfers t
      WHERE t.user_id = b.user_id AND reason = 'capture') AS captures
    FROM credit_balances b WHERE user_id = ${userId} AND type = 'basic'
  `.execute(db)
  return rows[0] ?? { available: 0, held: 0, captures: 0 }
}
