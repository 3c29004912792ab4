import assert from 'node:assert/strict'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES, type CreditType } from '#contract/words'
import { activeOf, type Both } from './assert-merged.ts'
import { type ConversationOfState, type Line, of, type State, sumOf, userIn } from './state.ts'

/** The states around an undo: just before the merge, just before the undo, and after it. */
export interface Undoing {
  merging: State
  before: State
  after: State
}

/** What moved went back with the replies to it, what came since stays, and no credit came from nowhere. */
export function assertUndone(states: Undoing, both: Both): void {
  assertLinesParted(states, both)
  assertActiveParted(states, both)
  assertCreditsParted(states, both)
  assertRowsParted(states, both)
  const { after, before } = states
  assert.equal(userIn(after, both.absorbedId).mergedInto, null, 'the absorbed user lives again')
  const base = userIn(before, both.survivorId).lastSeq
  for (const { seqBase } of after.users) assert.ok(seqBase > base, 'numbers that nobody has seen')
}

/** The lines that an undo gives back: those that came, and what was said to them. */
function goingBack({ merging, before }: Omit<Undoing, 'after'>, absorbedId: string): Set<string> {
  const theirs = of(merging.lines, absorbedId)
  const ids = new Set(theirs.map(({ id }) => id))
  const turnIds = new Set(theirs.flatMap(({ turnId }) => turnId ?? []))
  return new Set(
    before.lines.filter(({ id, turnId }) => ids.has(id) || (turnId && turnIds.has(turnId))).map(({ id }) => id),
  )
}

function assertLinesParted(states: Undoing, { survivorId, absorbedId }: Both): void {
  const { merging, before, after } = states
  const back = goingBack(states, absorbedId)
  const theirs = new Map(of(merging.conversations, absorbedId).map((one) => [one.id, one]))
  const joined = joinedIn(states, absorbedId)
  const told = ({ seq: _, userId: __, conversationId: ___, ...line }: Line) => line
  for (const [userId, mine] of [
    [survivorId, false],
    [absorbedId, true],
  ] as const) {
    const expected = before.lines.filter(({ id }) => back.has(id) === mine)
    const lines = of(after.lines, userId)
    assert.deepEqual(lines.map(told), expected.map(told), 'every line once, as it was, in the same order')
    for (const [index, { conversationId }] of lines.entries()) {
      const was = expected[index]?.conversationId ?? null
      if (mine)
        assert.equal(conversationId, was !== null && theirs.has(was) ? was : was === joined?.into ? joined?.from : null)
      else if (was !== null && theirs.has(was)) assertCopied(after, conversationId, theirs.get(was))
      else assert.equal(conversationId, was)
    }
  }
}

/** What was written since in a conversation that goes back stays in one with the same persona and story. */
function assertCopied(
  { conversations }: State,
  id: string | null,
  original: { personaId: string; storyId: string | null } | undefined,
): void {
  const copy = conversations.find((one) => one.id === id)
  assert.deepEqual([copy?.personaId, copy?.storyId], [original?.personaId, original?.storyId], 'a talk that goes on')
}

function joinedIn({ merging, before }: Omit<Undoing, 'after'>, absorbedId: string) {
  const from = activeOf(merging, absorbedId)
  if (!from || !before.conversations.find(({ id }) => id === from.id)?.hidden) return null
  const ours = merging.users.map(({ id }) => id).find((id) => id !== absorbedId)
  const into = ours && activeOf(merging, ours)
  return into ? { from: from.id, into: into.id } : null
}

function assertActiveParted(states: Undoing, { survivorId, absorbedId }: Both): void {
  const { merging, before, after } = states
  assert.equal(activeOf(after, absorbedId)?.id, activeOf(merging, absorbedId)?.id, 'as it was when they were joined')
  const was = activeOf(before, survivorId)
  const now = activeOf(after, survivorId)
  const theirs = of(merging.conversations, absorbedId).some(({ id }) => id === was?.id)
  const last = stillTheirs(states, { survivorId, absorbedId })[0]
  if (!theirs) assert.equal(now?.id, was?.id, 'the talk of the survivor goes on')
  else if (!last) assert.equal(now, undefined, 'the survivor has never talked')
  else if (of(merging.conversations, absorbedId).some(({ id }) => id === last.id))
    assertCopied(after, now?.id ?? null, last)
  else assert.equal(now?.id, last.id, 'where the survivor was before')
  assert.ok(
    of(after.conversations, absorbedId).every(({ hidden }) => !hidden),
    'nothing of theirs is hidden',
  )
}

/** The survivor's conversations after an undo as they were before it: its own, and those it has written in since. The last first. */
function stillTheirs(states: Undoing, { survivorId, absorbedId }: Both) {
  const { merging, before } = states
  const back = goingBack(states, absorbedId)
  const staying = new Set(before.lines.filter(({ id }) => !back.has(id)).map(({ conversationId }) => conversationId))
  const came = new Set(of(merging.conversations, absorbedId).map(({ id }) => id))
  const left = ({ active, archivedAt }: ConversationOfState) => (active ? Number.POSITIVE_INFINITY : (archivedAt ?? 0))
  return of(before.conversations, survivorId)
    .filter(({ id, hidden }) => !hidden && (!came.has(id) || staying.has(id)))
    .toSorted((a, b) => left(b) - left(a))
}

/** The smaller of what came, with what was given back since, and what is there. */
function assertCreditsParted(states: Undoing, { survivorId, absorbedId }: Both): void {
  const { before, after, merging } = states
  const came = creditsBack(states, { survivorId, absorbedId })
  for (const type of CREDIT_TYPES) {
    for (const account of ['available', 'held', 'debt'] as const) {
      assert.equal(sumOf(after, account, type), sumOf(before, account, type), `${account} ${type} of both as before`)
    }
    assert.equal(sumOf(after, 'available', type, absorbedId), came[type], `${type} that goes back`)
    const debt = Math.min(sumOf(merging, 'debt', type, absorbedId), sumOf(before, 'debt', type))
    assert.equal(sumOf(after, 'debt', type, absorbedId), debt, `debt of ${type} that goes back`)
  }
}

function creditsBack({ merging, before }: Omit<Undoing, 'after'>, { survivorId, absorbedId }: Both): Credits {
  const theirs = new Set(of(merging.turns, absorbedId).map(({ id }) => id))
  const atMerge = new Map(of(merging.turns, absorbedId).map((turn) => [turn.id, turn]))
  const back: Credits = { basic: 0, pro: 0, cassandra: 0 }
  for (const type of CREDIT_TYPES) {
    let wanted = sumOf(merging, 'available', type, absorbedId)
    for (const turn of before.turns.filter(({ id }) => theirs.has(id)))
      wanted += since(turn, atMerge.get(turn.id), type)
    back[type] = Math.max(0, Math.min(wanted, sumOf(before, 'available', type, survivorId)))
  }
  return back
}

/** What a turn that goes back has given back since the merge, or has taken anew and goes back with it. */
function since(now: State['turns'][number], then: State['turns'][number] | undefined, type: CreditType): number {
  if (!then || now.priceType !== type) return 0
  const [heldThen, heldNow] = [then.due !== null, now.due !== null]
  if (heldThen && !heldNow && now.state !== 'done') return now.priceAmount
  return !heldThen && heldNow ? -now.priceAmount : 0
}

/** What belongs to lines and turns goes where these go; logins and keys go back to whom they came from. */
function assertRowsParted({ merging, before, after }: Undoing, { survivorId, absorbedId }: Both): void {
  const lines = new Map(after.lines.map(({ id, userId }) => [id, userId]))
  const turns = new Map(after.turns.map(({ id, userId }) => [id, userId]))
  for (const list of ['receipts', 'deliveries'] as const) {
    assert.equal(after[list].length, before[list].length, `${list} are kept`)
    for (const { messageId, userId } of after[list]) {
      assert.equal(userId, messageId ? lines.get(messageId) : survivorId, `${list} go with their messages`)
    }
  }
  assert.equal(after.reports.length, before.reports.length, 'reports are kept')
  for (const { turnId, userId } of after.reports) assert.equal(userId, turns.get(turnId), 'reports go with their turns')
  for (const list of ['keys', 'identities'] as const) {
    const ids = (state: State) => of<{ userId: string; id: string }>(state[list], absorbedId).map(({ id }) => id)
    assert.deepEqual(ids(after).toSorted(), ids(merging).toSorted(), `${list} are back`)
  }
}
