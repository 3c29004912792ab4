import assert from 'node:assert/strict'
import { CREDIT_TYPES } from '#contract/words'
import { type Account, of, type State, sumOf, type TurnOfState, userIn } from './state.ts'

const ACCOUNTS: readonly Account[] = ['available', 'held', 'debt']

/** The invariants I1 to I7 over everything that is kept about these users. */
export function assertWhole(state: State): void {
  for (const { id, mergedInto } of state.users) {
    if (mergedInto) assertBuried(state, id)
    else assertLiving(state, id)
  }
  for (const turn of state.turns) assertPaid(state, turn)
}

/** I7: nothing is a tombstone's but its closed books. */
function assertBuried(state: State, userId: string): void {
  const { lines, turns, conversations, balances, receipts, deliveries, reports, keys, identities } = state
  const kept = { lines, turns, conversations, balances, receipts, deliveries, reports, keys, identities }
  for (const [name, list] of Object.entries(kept)) {
    assert.equal(of<{ userId: string }>(list, userId).length, 0, `${name} of the absorbed user`)
  }
  assertBooks(state, userId)
}

function assertLiving(state: State, userId: string): void {
  assertHistory(state, userId)
  assertBooks(state, userId)
  assertTurns(state, userId)
  assertOwed(state, userId)
}

/** I6, and lines lie in conversations that are there. */
function assertHistory(state: State, userId: string): void {
  const { seqBase, lastSeq } = userIn(state, userId)
  const lines = of(state.lines, userId)
  assert.deepEqual(
    lines.map(({ seq }) => seq),
    Array.from({ length: lastSeq - seqBase + 1 }, (_, index) => seqBase + index),
    'the history is dense from seq_base to last_seq',
  )
  const conversations = of(state.conversations, userId)
  const visible = new Set(conversations.filter(({ hidden }) => !hidden).map(({ id }) => id))
  const lost = lines.filter(({ conversationId }) => conversationId !== null && !visible.has(conversationId))
  assert.deepEqual(lost, [], 'every line lies in a conversation that can be seen')
  assert.ok(conversations.filter(({ active }) => active).length <= 1, 'at most one conversation is active')
  assert.ok(!conversations.some(({ active, hidden }) => active && hidden), 'no hidden conversation is active')
}

/** I1: what is on the accounts is what the books say, never below zero. */
function assertBooks(state: State, userId: string): void {
  const ledger = of(state.ledger, userId)
  for (const type of CREDIT_TYPES) {
    for (const account of ACCOUNTS) {
      const booked = ledger
        .filter((entry) => entry.type === type)
        .reduce((sum, { from, to, amount }) => sum + (to === account ? amount : 0) - (from === account ? amount : 0), 0)
      const there = sumOf(state, account, type, userId)
      assert.equal(booked, account === 'debt' ? 0 - there : there, `${account} ${type} as booked`)
      assert.ok(there >= 0, `${account} ${type} is below zero`)
    }
    const open = of(state.turns, userId).filter(({ due, priceType }) => due !== null && priceType === type)
    const prices = open.reduce((sum, { priceAmount }) => sum + priceAmount, 0)
    assert.equal(sumOf(state, 'held', type, userId), prices, `what is held of ${type} is the price of open turns`)
  }
}

/** I2, I4, and every lane with open turns has one that somebody can take or has. */
function assertTurns(state: State, userId: string): void {
  const lines = new Map(of(state.lines, userId).map((line) => [line.id, line]))
  const turns = of(state.turns, userId)
  for (const turn of turns) {
    const question = lines.get(turn.messageId)
    assert.deepEqual(
      [question?.seq, question?.conversationId, question?.turnId, question?.role],
      [turn.messageSeq, turn.conversationId, turn.id, 'user'],
      `turn ${turn.id} and its question`,
    )
    const replies = [...lines.values()].filter(({ role, turnId }) => role === 'assistant' && turnId === turn.id)
    const wanted = turn.state === 'done' ? [turn.replyMessageId] : []
    assert.deepEqual(
      replies.map(({ id }) => id),
      wanted,
      `replies to a turn that is ${turn.state}`,
    )
    assert.ok(
      replies.every((reply) => reply.interface === turn.interface),
      'a reply goes where its question was asked',
    )
  }
  const waiting = turns.filter(({ due }) => due === 'waits')
  for (const { interface: lane } of waiting) {
    const moving = turns.some((turn) => turn.interface === lane && (turn.due === 'now' || turn.due === 'held'))
    assert.ok(moving, `the lane ${lane} waits for nobody`)
  }
}

/** I2 over all books the turn was ever in: open means held, done means paid once, anything else costs nothing. */
function assertPaid({ ledger }: State, { id, state, due, priceType, priceAmount }: TurnOfState): void {
  const entries = ledger.filter(({ turnId, type }) => turnId === id && type === priceType)
  const held = entries.reduce(
    (sum, { from, to, amount }) => sum + (to === 'held' ? amount : 0) - (from === 'held' ? amount : 0),
    0,
  )
  assert.equal(held, due === null ? 0 : priceAmount, `what turn ${id} (${state}) holds`)
  const captured = entries.filter(({ reason }) => reason === 'capture')
  const wanted = state === 'done' && priceAmount > 0 ? [priceAmount] : []
  assert.deepEqual(
    captured.map(({ amount }) => amount),
    wanted,
    `captures of a turn that is ${state}`,
  )
}

/** I3 and I5: what came in has one receipt, what goes out is owed at its own place; reports are about one's own turns. */
function assertOwed(state: State, userId: string): void {
  const lines = of(state.lines, userId)
  const ids = lines.filter(({ role }) => role === 'user').map(({ id }) => id)
  const receipts = of(state.receipts, userId).flatMap(({ messageId }) => messageId ?? [])
  assert.deepEqual(receipts.toSorted(), ids.toSorted(), 'one receipt for each line that came in')
  const deliveries = of(state.deliveries, userId).filter(({ messageId }) => messageId !== null)
  for (const { messageId, channel, interface: place } of deliveries) {
    const line = lines.find(({ id }) => id === messageId)
    assert.deepEqual([line?.channel, line?.interface], [channel, place], 'a delivery goes where its message belongs')
  }
  const owed = new Set(deliveries.map(({ messageId }) => messageId))
  assert.ok(
    lines.every(({ role, id }) => role !== 'assistant' || owed.has(id)),
    'every reply has a delivery',
  )
  const turnIds = new Set(of(state.turns, userId).map(({ id }) => id))
  assert.ok(
    of(state.reports, userId).every(({ turnId }) => turnIds.has(turnId)),
    'reports are about own turns',
  )
}
