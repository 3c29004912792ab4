import assert from 'node:assert/strict'
import type { Message } from '#contract/api'
import type { Interface } from '#contract/words'
import type { World } from '#test/world'

/** The history holds this question once and its answer once, delivered where it was asked and paid once. Gives the turn. */
export async function answeredOnce(
  world: World,
  history: readonly Message[],
  { place, text, reply = text }: { place: Interface; text: string; reply?: string },
): Promise<string> {
  const asked = history.filter((line) => line.role === 'user' && line.text === text)
  assert.equal(asked.length, 1, text)
  const turnId = asked[0]?.turn?.id ?? ''
  const answers = history.filter(({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.deepEqual(
    answers.map((line) => `${line.interface}: ${line.text}, ${line.delivery?.status}`),
    [`${place}: ${reply}, sent`],
  )
  assert.deepEqual(await booked(world, turnId), ['hold 1', 'capture 1'], text)
  return turnId
}

/** What was booked for a turn, in order. */
export async function booked({ database }: World, turnId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ entry: string }>(
    `SELECT reason || ' ' || amount AS entry FROM ledger_transfers WHERE turn_id = $1 ORDER BY id`,
    [turnId],
  )
  return rows.map(({ entry }) => entry)
}

/** How the attempts to deliver a turn's reply ended, in order; null for one that nobody settled. */
export async function attemptsOf({ database }: World, turnId: string): Promise<(string | null)[]> {
  const { rows } = await database.pool.query<{ outcome: string | null }>(
    `SELECT a.outcome FROM delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id
     WHERE d.turn_id = $1 ORDER BY a.attempt`,
    [turnId],
  )
  return rows.map(({ outcome }) => outcome)
}

/** How often the model was asked this. */
export function callsFor({ sandbox }: World, text: string): number {
  return sandbox.model.calls().filter(({ messages }) => messages.at(-1)?.content === text).length
}
