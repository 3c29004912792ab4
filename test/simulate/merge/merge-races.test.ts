import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockUsers } from '#domain/identity'
import { mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { wholeFile } from '../../harness/scope.ts'
import { act, finishAll, newPlayed, type Played } from './act.ts'
import { assertWhole } from './assert-whole.ts'
import type { Deed, Person, Place, Who } from './script.ts'
import { makePair, openStage } from './stage.ts'
import { readState } from './state.ts'

const ROUNDS = 6
const RICH: Person = {
  adult: true,
  timezone: null,
  locale: 'ru',
  credits: { basic: 50, pro: 50, cassandra: 50 },
  debt: 0,
  choice: 0,
}
const PROVEN = { sessionId: '00000000-0000-0000-0000-000000000000' }

const stage = await openStage(wholeFile)

test('F34 F17 people write and workers answer while two users become one and two again: nothing is lost or stuck', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const played = newPlayed(await makePair(stage, { telegram: RICH, web: { ...RICH, choice: round } }))
    await rush(played, async () => {})
    await rush(played, () => join(played))
    played.pair.webUserId = played.pair.userIds.telegram
    await look(played)
    await rush(played, () => part(played))
    played.pair.webUserId = played.pair.userIds.web
    await look(played)
    await rush(played, async () => {})
    await finishAll(stage, played)
    const { turns, lines } = await look(played)
    assert.ok(
      turns.every(({ due }) => due === null),
      'every question found its end',
    )
    const asked = played.sent.telegram.length + played.sent.web.length
    assert.equal(lines.filter(({ role }) => role === 'user').length, asked, 'what was taken in is there once')
  }
})

/** Everybody at once, with this deed among them. */
async function rush(played: Played, deed: () => Promise<unknown>): Promise<void> {
  const ask = (who: Who, place: Place): Deed => ({ kind: 'ask', who, place, photo: false })
  const work = (well: boolean): Deed => ({ kind: 'work', count: 2, well })
  const deeds: Deed[] = [
    ask('telegram', 'bot'),
    ask('web', 'browser'),
    work(true),
    ask('telegram', 'browser'),
    { kind: 'cancel', who: 'web', which: played.turnIds.web.length },
    ask('web', 'browser'),
    work(false),
    ask('telegram', 'bot'),
    { kind: 'retry', who: 'web', which: 1 },
    work(true),
  ]
  const first = deeds.slice(0, deeds.length / 2).map((one) => act(stage, played, one))
  const joining = deed()
  await Promise.all([...first, joining, ...deeds.slice(deeds.length / 2).map((one) => act(stage, played, one))])
}

function bothOf({ pair }: Played) {
  return { survivorId: pair.userIds.telegram, absorbedId: pair.userIds.web }
}

function join(played: Played) {
  const both = bothOf(played)
  return inTransaction(stage.deps.db, async (tx) => {
    await lockUsers(tx, [both.survivorId, both.absorbedId])
    return mergeUsers(tx, stage.deps, { ...both, sessionId: null, way: 'logins' })
  })
}

async function part(played: Played): Promise<void> {
  const undone = await undoMerge(stage.deps, { ...PROVEN, userId: bothOf(played).survivorId }, async () => {})
  assert.ok('absorbedId' in undone)
}

async function look(played: Played) {
  const { survivorId, absorbedId } = bothOf(played)
  const state = await readState(stage.rooms, [survivorId, absorbedId])
  assertWhole(state)
  return state
}
