import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Rooms } from '#test/rooms'
import { failTurn } from '../../src/domain/replies/fail-turn.ts'
import { finishReply } from '../../src/domain/replies/finish-reply.ts'
import { findTurn } from '../../src/domain/replies/turn-store.ts'

/** A question from the site; the turn's id, or null when it was not taken. */
export async function ask({ receive }: Rooms, userId: string, key: string = randomUUID()): Promise<string | null> {
  const { outcome, turnId } = await receive({
    source: 'page',
    key,
    sender: { userId },
    channel: 'web',
    interface: 'browser',
    contentType: 'text',
    text: 'вопрос',
    address: null,
    sentAt: null,
  })
  return outcome === 'accepted' || outcome === 'duplicate' ? turnId : null
}

/** Ends a turn as the worker would who has it: with a reply, or without one. */
export async function settle(
  { db, settle: deps }: Rooms,
  userId: string,
  turnId: string,
  well: boolean,
): Promise<void> {
  const turn = await findTurn(db, userId, turnId)
  if (!turn) return
  if (well) await finishReply(deps, turn, 'ответ')
  else await failTurn(deps, turn, 'model_unavailable')
}

/** A person in a talk on the site with a question that was answered. */
export async function answered(rooms: Rooms): Promise<{ userId: string; turnId: string }> {
  const { userId } = await rooms.newPerson()
  await rooms.begin(userId, 'arina')
  const turnId = await ask(rooms, userId)
  assert.ok(turnId)
  await settle(rooms, userId, turnId, true)
  return { userId, turnId }
}
