import { sql } from 'kysely'
import type { MergePart } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/**
 * This room's part: turns follow their questions, by `merged_lines`. A turn that is under way is finished by whoever
 * has its lease; finishing reads the present user from the turn.
 */
export const repliesPart: MergePart = {
  room: 'replies',
  tables: {
    turns: 'moves',
    receipts: 'moves',
    reply_reports: 'moves',
    recaps: 'moves',
  },
  async merge(tx, { absorbedId, survivorId }) {
    await moveTurns(tx)
    // A key that both used: the survivor's own receipt answers for it.
    await sql`
      UPDATE receipts r SET user_id = ${survivorId} WHERE user_id = ${absorbedId} AND NOT EXISTS (
        SELECT FROM receipts s WHERE s.user_id = ${survivorId} AND s.source = r.source AND s.key = r.key)
    `.execute(tx)
    await sql`DELETE FROM receipts WHERE user_id = ${absorbedId}`.execute(tx)
    await sql`UPDATE reply_reports SET user_id = ${survivorId} WHERE user_id = ${absorbedId}`.execute(tx)
    // The survivor's chat is the one that goes on.
    await sql`DELETE FROM recaps WHERE user_id = ${absorbedId}`.execute(tx)
    return {}
  },
  async undo(tx, { absorbedId, survivorId }) {
    await moveTurns(tx)
    await sql`
      UPDATE receipts r SET user_id = ${absorbedId} FROM merged_lines l
      WHERE r.user_id = ${survivorId} AND r.message_id = l.message_id AND l.user_id = ${absorbedId}
    `.execute(tx)
    await sql`
      UPDATE reply_reports r SET user_id = ${absorbedId} FROM merged_lines l
      WHERE r.user_id = ${survivorId} AND r.turn_id = l.turn_id AND l.user_id = ${absorbedId}
    `.execute(tx)
    await wakeLanesOf(tx, [absorbedId, survivorId])
    return { openTurnIds: await openTurnIds(tx, absorbedId) }
  },
}

async function openTurnIds(tx: Executor, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM turns WHERE user_id = ${userId} AND due_at IS NOT NULL
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function moveTurns(tx: Executor): Promise<void> {
  await sql`
    UPDATE turns t SET user_id = l.user_id, message_seq = l.seq, conversation_id = l.conversation_id
    FROM merged_lines l WHERE t.id = l.turn_id AND t.message_id = l.message_id
  `.execute(tx)
}

/** A lane that was one for a while may have waited for a turn that is another user's now: its first one becomes due. */
async function wakeLanesOf(tx: Executor, userIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE turns t SET due_at = now() FROM (
      SELECT (array_agg(id ORDER BY message_seq))[1] AS id FROM turns
      WHERE user_id = ANY(${[...userIds]}::uuid[]) AND due_at IS NOT NULL
      GROUP BY user_id, interface HAVING min(due_at) = 'infinity'
    ) AS head WHERE t.id = head.id
  `.execute(tx)
}
