import assert from 'node:assert/strict'
import { CREDIT_TYPES } from '#contract/words'
import { type ConversationOfState, type Line, of, type State, sumOf, userIn } from './state.ts'

/** Both users of a merge by id. */
export interface Both {
  survivorId: string
  absorbedId: string
}

/** What became of a merge, for the counts. */
export interface MergedFigures {
  linesMoved: number
  joined: boolean
  inFlight: boolean
}

/** Everything of both is the survivor's, in time order, and nothing is lost, doubled or changed. */
export function assertMerged(before: State, after: State, both: Both): MergedFigures {
  const { survivorId, absorbedId } = both
  const joined = joinedBy(before, both)
  assertCredits(before, after)
  assertLines(before, after, both, joined)
  assertActive(before, after, both, joined)
  assertTurnsKept(before, after, survivorId)
  assertHandedOver(before, after, survivorId)
  assertSettings(before, after, both)
  const open = before.turns.filter(({ due }) => due !== null)
  return { linesMoved: of(before.lines, absorbedId).length, joined: joined !== null, inFlight: open.length > 0 }
}

interface Joined {
  from: string
  into: string
}

/** Two active conversations with the same persona and story. */
function joinedBy(before: State, { survivorId, absorbedId }: Both): Joined | null {
  const [ours, theirs] = [activeOf(before, survivorId), activeOf(before, absorbedId)]
  const same = ours && theirs && ours.personaId === theirs.personaId && ours.storyId === theirs.storyId
  return same ? { from: theirs.id, into: ours.id } : null
}

function assertCredits(before: State, after: State): void {
  for (const type of CREDIT_TYPES) {
    for (const account of ['available', 'held', 'debt'] as const) {
      assert.equal(sumOf(after, account, type), sumOf(before, account, type), `${account} ${type} of both as before`)
    }
  }
}

function assertLines(before: State, after: State, { survivorId, absorbedId }: Both, joined: Joined | null): void {
  const [ours, theirs] = [of(before.lines, survivorId), of(before.lines, absorbedId)]
  const lines = of(after.lines, survivorId)
  const expected = theirs.length === 0 ? ours : inTimeOrder(ours, theirs)
  const place = (id: string | null) => (joined && id === joined.from ? joined.into : id)
  assert.deepEqual(
    lines.map(({ seq: _, ...line }) => line),
    expected.map(({ seq: _, ...line }) => ({
      ...line,
      userId: survivorId,
      conversationId: place(line.conversationId),
    })),
    'every line once, as it was, in time order',
  )
  const base = Math.max(userIn(before, survivorId).lastSeq, userIn(before, absorbedId).lastSeq) + 1
  const { seqBase } = userIn(after, survivorId)
  assert.equal(seqBase, theirs.length === 0 ? userIn(before, survivorId).seqBase : base, 'numbers that nobody has seen')
}

/** Each in its own order; between the two the earlier first, where a line is no earlier than the one before it. */
function inTimeOrder(ours: Line[], theirs: Line[]): Line[] {
  const dated = [ours, theirs].flatMap((lines, side) => {
    let latest = 0
    return lines.map((line, index) => {
      latest = Math.max(latest, line.at)
      return { line, at: latest, side, index }
    })
  })
  return dated.sort((a, b) => a.at - b.at || a.side - b.side || a.index - b.index).map(({ line }) => line)
}

function assertActive(before: State, after: State, both: Both, joined: Joined | null): void {
  const [ours, theirs] = [activeOf(before, both.survivorId), activeOf(before, both.absorbedId)]
  const expected = joined?.into ?? laterOf(before, ours, theirs)?.id
  assert.equal(activeOf(after, both.survivorId)?.id, expected, 'the conversation that goes on')
  const hidden = (state: State) => state.conversations.filter((one) => one.hidden).map(({ id }) => id)
  assert.deepEqual(hidden(after).toSorted(), [...hidden(before), ...(joined ? [joined.from] : [])].toSorted())
  const ids = (state: State) => state.conversations.map(({ id }) => id).toSorted()
  assert.deepEqual(ids(after), ids(before), 'every conversation is kept')
}

function laterOf(state: State, ours?: ConversationOfState, theirs?: ConversationOfState) {
  if (!ours || !theirs) return ours ?? theirs
  const last = ({ id, startedAt }: ConversationOfState) =>
    state.lines.filter(({ conversationId }) => conversationId === id).at(-1)?.at ?? startedAt
  return last(theirs) > last(ours) ? theirs : ours
}

/** The active conversation of a user. */
export function activeOf(state: State, userId: string): ConversationOfState | undefined {
  return of(state.conversations, userId).find(({ active }) => active)
}

/** A turn under way stays under way in the same hands; where its question lies now, the invariants check. */
function assertTurnsKept(before: State, after: State, survivorId: string): void {
  const kept = (state: State) =>
    state.turns
      .map(({ messageSeq: _, conversationId: __, ...turn }) => ({ ...turn, userId: survivorId }))
      .toSorted((a, b) => a.id.localeCompare(b.id))
  assert.deepEqual(kept(after), kept(before), 'turns as they were')
}

/** What goes along as it is: who owns it changes and nothing else. */
export function assertHandedOver(before: State, after: State, survivorId: string): void {
  for (const list of ['receipts', 'deliveries', 'reports', 'keys', 'identities'] as const) {
    const rows = (state: State) => state[list].map((row) => JSON.stringify({ ...row, userId: survivorId })).toSorted()
    assert.deepEqual(rows(after), rows(before), `${list} as they were`)
  }
}

function assertSettings(before: State, after: State, { survivorId, absorbedId }: Both): void {
  const [ours, theirs, joined] = [userIn(before, survivorId), userIn(before, absorbedId), userIn(after, survivorId)]
  const confirmed = [ours.adultAt, theirs.adultAt].filter((at) => at !== null)
  assert.equal(joined.adultAt, confirmed.length > 0 ? Math.min(...confirmed) : null, 'the first confirmation of age')
  assert.equal(joined.timezone, ours.timezone ?? theirs.timezone, 'the time zone')
  assert.equal(joined.locale, ours.locale, 'the language')
  assert.equal(userIn(after, absorbedId).mergedInto, survivorId, 'the tombstone points to the survivor')
}
