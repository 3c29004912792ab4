import assert from 'node:assert/strict'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'

/** Far more than the busiest machine needs, the end of a lease included. */
const DEADLINE_MS = 90_000
/** Waiting for the end of a lease, all others on this machine need its cores. */
const LOOK_EVERY_MS = 250

/** Waits until this many questions are answered and nothing is owed to anybody. */
export async function allSettled({ database }: World, answered: number): Promise<void> {
  const look = async () => {
    const { rows } = await database.pool.query(`
      SELECT (SELECT count(*) FROM turns WHERE state = 'done')::integer AS answered,
             (SELECT count(*) FROM turns WHERE due_at IS NOT NULL)::integer AS open,
             (SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL)::integer AS owed`)
    assert.deepEqual(rows[0], { answered, open: 0, owed: 0 })
    return true
  }
  await waitFor(look, { deadlineMs: DEADLINE_MS, pauseMs: LOOK_EVERY_MS, what: `${answered} answers, delivered` })
}
