import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { createLeases } from '#platform/leases'
import { openRooms, type Rooms } from '#test/rooms'
import { beginConversation } from './beginning/begin-conversation.ts'
import { cancelTurn } from './cancel-turn.ts'
import { failTurn } from './fail-turn.ts'
import { finishReply } from './finish-reply.ts'
import { retryTurn } from './retry-turn.ts'
import { TURN_QUEUE } from './turn-queue-store.ts'
import { markRunning, readLeasedTurn } from './turn-store.ts'

const LEASE_MS = 20_000
const RUNS = 40

const rooms = await openRooms()
const leases = createLeases({ pool: rooms.pool })

type Deed =
  | { kind: 'ask'; place: 'bot' | 'webapp' | 'browser'; again: boolean }
  | { kind: 'answer' | 'fail'; count: number }
  | { kind: 'cancel' | 'retry'; which: number }
  | { kind: 'restart' }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      place: fc.constantFrom('bot' as const, 'webapp' as const, 'browser' as const),
      again: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('answer' as const, 'fail' as const), count: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'retry' as const), which: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
)

test('whatever people and workers do in whatever order, the books balance and the history is dense', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), async (steps) => {
      const { userId, telegramId } = await rooms.newPerson()
      await beginConversation(
        { ...rooms.settle, catalogue: rooms.catalogue },
        { userId, personaId: 'arina', interface: 'browser' },
      )
      const turnIds: string[] = []
      for (const together of steps) {
        await Promise.all(together.map((one) => act(one, { userId, telegramId, turnIds })))
        await checkInvariants(rooms, userId)
      }
    }),
    { numRuns: RUNS, verbose: 1 },
  )
})

async function act(one: Deed, person: { userId: string; telegramId: string; turnIds: string[] }): Promise<void> {
  const turnId = 'which' in one ? person.turnIds[one.which % Math.max(1, person.turnIds.length)] : undefined
  switch (one.kind) {
    case 'ask':
      return ask(one, person)
    case 'answer':
    case 'fail':
      return work(one, person.userId)
    case 'cancel':
      if (turnId) await cancelTurn(rooms.settle, person.userId, turnId)
      return
    case 'retry':
      if (turnId) await retryTurn(rooms.settle, person.userId, turnId)
      return
    case 'restart':
      await beginConversation(
        { ...rooms.settle, catalogue: rooms.catalogue },
        { userId: person.userId, personaId: 'arina', interface: 'webapp' },
      )
  }
}

async function ask(
  { place, again }: Extract<Deed, { kind: 'ask' }>,
  { userId, telegramId, turnIds }: { userId: string; telegramId: string; turnIds: string[] },
): Promise<void> {
  const inBot = place === 'bot'
  const identity = {
    provider: 'telegram',
    externalId: telegramId,
    channel: 'telegram',
    displayName: 'Н',
    locale: 'ru',
  } as const
  const inbound = {
    source: inBot ? 'telegram:1' : 'page',
    key: randomUUID(),
    sender: inBot ? { identity } : { userId },
    channel: place === 'browser' ? ('web' as const) : ('telegram' as const),
    interface: place,
    contentType: 'text' as const,
    text: 'вопрос',
    address: inBot ? telegramId : null,
    sentAt: null,
  }
  const answers = await Promise.all(Array.from({ length: again ? 3 : 1 }, () => rooms.receive(inbound)))
  const ids = new Set(answers.map(({ turnId }) => turnId).filter((id) => id !== null))
  assert.ok(ids.size <= 1, 'the same event made two turns')
  turnIds.push(...ids)
}

/** A worker takes a few due turns of anybody and ends those of this user; the others it gives back. */
async function work({ kind, count }: Extract<Deed, { kind: 'answer' | 'fail' }>, userId: string): Promise<void> {
  for (const row of await leases.take(TURN_QUEUE, { limit: count, leaseMs: LEASE_MS })) {
    const turn = await readLeasedTurn(rooms.db, row.id, row.lease_token)
    if (!turn || row.user_id !== userId) {
      await leases.giveBack(TURN_QUEUE, row, { afterMs: 0 })
      continue
    }
    await markRunning(rooms.db, turn)
    if (kind === 'answer') await finishReply(rooms.settle, turn, 'ответ')
    else await failTurn(rooms.settle, turn, 'model_unavailable')
  }
}

async function checkInvariants({ db }: Rooms, userId: string): Promise<void> {
  const { rows } = await sql<Record<string, number>>`
    SELECT
      (SELECT count(*) FROM (SELECT type FROM ledger_entries WHERE user_id = ${userId} GROUP BY type HAVING sum(amount) <> 0) x)
        AS unbalanced,
      (SELECT count(*) FROM credit_balances b WHERE user_id = ${userId} AND ROW(available, held) IS DISTINCT FROM (
        SELECT ROW(coalesce(sum(amount) FILTER (WHERE account = 'available'), 0)::integer,
                   coalesce(sum(amount) FILTER (WHERE account = 'held'), 0)::integer)
        FROM ledger_entries e WHERE e.user_id = b.user_id AND e.type = b.type)) AS projected_wrong,
      (SELECT count(*) FROM turns WHERE user_id = ${userId} AND state IN ('queued', 'running'))
        - (SELECT coalesce(sum(held), 0) FROM credit_balances WHERE user_id = ${userId}) AS holds_unlike_open_turns,
      (SELECT count(*) FROM turns WHERE user_id = ${userId} AND state = 'done')
        - (SELECT count(*) FROM ledger_transfers WHERE user_id = ${userId} AND reason = 'capture') AS captures_unlike_done_turns,
      (SELECT count(*) FROM turns WHERE user_id = ${userId} AND state = 'done')
        - (SELECT count(*) FROM messages WHERE user_id = ${userId} AND role = 'assistant' AND turn_id IS NOT NULL) AS replies_unlike_done_turns,
      (SELECT max(seq) - count(*) FROM messages WHERE user_id = ${userId}) AS gaps,
      (SELECT count(*) - 1 FROM conversations WHERE user_id = ${userId} AND status = 'active') AS active_more_than_one,
      (SELECT count(*) FROM (SELECT interface FROM turns WHERE user_id = ${userId} AND due_at IS NOT NULL
        GROUP BY interface HAVING count(*) FILTER (WHERE due_at < 'infinity') <> 1) x) AS lanes_without_one_head,
      (SELECT count(*) FROM messages m WHERE user_id = ${userId} AND role = 'assistant'
        AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.message_id = m.id AND d.interface = m.interface)) AS replies_without_delivery
  `.execute(db)
  for (const [name, count] of Object.entries(rows[0] ?? {})) assert.equal(Number(count), 0, name)
}
