import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { CreditType } from '#contract/words'
import { lockUsers, readUser } from '#domain/identity'
import { mergeUsers, previewUndo, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { act, finishAll, newPlayed, type Played } from './act.ts'
import { assertMerged, type Both, type MergedFigures } from './assert-merged.ts'
import { assertUndone } from './assert-undone.ts'
import { assertWhole } from './assert-whole.ts'
import type { Deed, Script } from './script.ts'
import { makePair, type Stage } from './stage.ts'
import { of, readState, type State, sumOf } from './state.ts'

/** A page of Telegram; whether its proofs are fresh is not looked at here. */
const NO_SESSION = { sessionId: '00000000-0000-0000-0000-000000000000' }

/** What a case was, for the counts. */
export interface PlayFigures extends MergedFigures {
  undone: boolean
  again: boolean
}

/** Plays a script from first contact to the last reply. Throws at the first thing that is not as promised. */
export async function play(stage: Stage, script: Script): Promise<PlayFigures> {
  const played = newPlayed(await makePair(stage, script))
  await actAll(stage, played, script.before)
  await stepBack(stage, played, script)
  const { figures, merging } = await join(stage, played)
  await assertKnown(stage, played)
  await actAll(stage, played, script.joined)
  if (script.undo) {
    await part(stage, played, merging)
    await actAll(stage, played, script.apart)
  }
  const again = script.undo && script.again
  if (again) await join(stage, played)
  await finishAll(stage, played)
  const end = await look(stage, played)
  assert.deepEqual(
    end.turns.filter(({ due }) => due !== null),
    [],
    'every open turn could be finished',
  )
  return { ...figures, undone: script.undo, again }
}

async function actAll(stage: Stage, played: Played, deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) await act(stage, played, deed)
}

function bothOf({ pair }: Played): Both {
  return { survivorId: pair.userIds.telegram, absorbedId: pair.userIds.web }
}

/** Reads everything of both and checks the invariants over it. */
async function look(stage: Stage, played: Played): Promise<State> {
  const { survivorId, absorbedId } = bothOf(played)
  const state = await readState(stage.rooms, [survivorId, absorbedId])
  assertWhole(state)
  return state
}

async function join(stage: Stage, played: Played): Promise<{ figures: MergedFigures; merging: State }> {
  const { deps } = stage
  const both = bothOf(played)
  const merging = await look(stage, played)
  await inTransaction(deps.db, async (tx) => {
    await lockUsers(tx, [both.survivorId, both.absorbedId])
    return mergeUsers(tx, deps, { ...both, sessionId: null, way: 'logins' })
  })
  played.pair.webUserId = both.survivorId
  const figures = assertMerged(merging, await look(stage, played), both)
  assert.equal((await readUser(deps.db, both.absorbedId))?.id, both.survivorId, 'the absorbed id leads to the survivor')
  return { figures, merging }
}

/** The same key and body is the same message, under whichever user; under the absorbed one nothing is taken in. */
async function assertKnown({ rooms }: Stage, { sent, pair }: Played): Promise<void> {
  const known = sent.web.at(-1)
  if (!known) return
  const { outcome } = await rooms.receive({ ...known, sender: { userId: pair.webUserId } })
  assert.equal(outcome, 'duplicate', 'a message that is sent again is known')
  const absorbed = await rooms.receive({ ...known, sender: { userId: pair.userIds.web } })
  assert.equal(absorbed.outcome, 'user_gone', 'the absorbed user takes in nothing')
}

async function part(stage: Stage, played: Played, merging: State): Promise<void> {
  const { deps } = stage
  const both = bothOf(played)
  const visitor = { ...NO_SESSION, userId: both.survivorId }
  const before = await look(stage, played)
  const preview = await previewUndo(deps, visitor)
  const undone = await undoMerge(deps, visitor, async () => {})
  assert.ok('absorbedId' in undone, 'a merge of a moment ago can be undone')
  played.pair.webUserId = both.absorbedId
  const after = await look(stage, played)
  assertUndone({ merging, before, after }, both)
  const back = (type: CreditType) => sumOf(after, 'available', type, both.absorbedId)
  assert.deepEqual(
    preview?.back,
    {
      messages: of(after.lines, both.absorbedId).length,
      credits: { basic: back('basic'), pro: back('pro'), cassandra: back('cassandra') },
    },
    'what was shown before is what went back',
  )
  assert.deepEqual(await undoMerge(deps, visitor, async () => {}), { refused: 'nothing_to_undo' }, 'undone once')
  assert.equal((await readUser(deps.db, both.absorbedId))?.id, both.absorbedId, 'the id is its own user’s again')
}

/** A server whose clock went backwards: one line is older than the one before it. */
async function stepBack({ rooms }: Stage, { pair }: Played, { steppedBack }: Script): Promise<void> {
  if (!steppedBack) return
  const userId = pair.userIds[steppedBack.who]
  await sql`
    UPDATE messages SET created_at = created_at - interval '1 hour' WHERE user_id = ${userId}
      AND seq = 1 + mod(${steppedBack.which}::integer, (SELECT count(*) FROM messages WHERE user_id = ${userId}))
  `.execute(rooms.db)
}
