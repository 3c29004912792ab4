import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/**
 * Makes room for the lines that a merge or an undo touches, each with its old and its new owner, seq and conversation.
 * The parts of other rooms read it in the same transaction; it ends with it.
 */
export async function prepareLines(tx: Executor): Promise<void> {
  await sql`
    CREATE TEMP TABLE merged_lines (
      message_id uuid, turn_id uuid, from_user_id uuid, from_seq bigint, user_id uuid, seq bigint, conversation_id uuid
    ) ON COMMIT DROP
  `.execute(tx)
}

/**
 * Both histories as one, from `seqBase` on: each in its own order, and between the two by time. A clock that once
 * stepped back does not turn a talk around: a line counts as no earlier than the one before it.
 */
export async function planJoined(
  tx: Executor,
  plan: { survivorId: string; absorbedId: string; seqBase: number; joined: { from: string; into: string } | null },
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO merged_lines
    SELECT id, turn_id, user_id, seq, ${plan.survivorId}::uuid,
      ${plan.seqBase}::bigint - 1 + row_number() OVER (ORDER BY at, user_id = ${plan.absorbedId}::uuid, seq),
      CASE WHEN conversation_id = ${plan.joined?.from ?? null}::uuid THEN ${plan.joined?.into ?? null}::uuid
           ELSE conversation_id END
    FROM (
      SELECT id, turn_id, user_id, seq, conversation_id, max(created_at) OVER (PARTITION BY user_id ORDER BY seq) AS at
      FROM messages WHERE user_id IN (${plan.survivorId}, ${plan.absorbedId})
    ) AS lines
  `.execute(tx)
  await sql`ANALYZE merged_lines`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Whose lines an undo gives back: those that came, and the replies to them. */
function goesBack(absorbedId: string, survivorId: string) {
  return sql<boolean>`(merged_from IS NOT DISTINCT FROM ${absorbedId}::uuid OR coalesce(turn_id IN (
    SELECT turn_id FROM messages
    WHERE user_id = ${survivorId} AND merged_from = ${absorbedId} AND turn_id IS NOT NULL), false))`
}

/** The joined history as two again, both from `seqBase` on. */
export async function planParted(
  tx: Executor,
  plan: { survivorId: string; absorbedId: string; seqBase: number },
): Promise<void> {
  await sql`
    INSERT INTO merged_lines
    SELECT id, turn_id, user_id, seq, CASE WHEN goes THEN ${plan.absorbedId}::uuid ELSE ${plan.survivorId}::uuid END,
      ${plan.seqBase}::bigint - 1 + row_number() OVER (PARTITION BY goes ORDER BY seq), conversation_id
    FROM (
      SELECT id, turn_id, user_id, seq, conversation_id, ${goesBack(plan.absorbedId, plan.survivorId)} AS goes
      FROM messages WHERE user_id = ${plan.survivorId}
    ) AS lines
  `.execute(tx)
  await sql`ANALYZE merged_lines`.execute(tx)
}

/** Where the lines of a planned owner that lie in `from` shall lie; null: in none. */
export async function replanConversation(
  tx: Executor,
  { userId, from, into }: { userId: string; from: string; into: string | null },
): Promise<void> {
  await sql`
    UPDATE merged_lines SET conversation_id = ${into}::uuid
    WHERE user_id = ${userId} AND conversation_id = ${from}
  `.execute(tx)
}

/** How many lines each planned owner has in each conversation. */
export async function plannedPlaces(
  tx: Executor,
): Promise<{ userId: string; conversationId: string | null; lines: number }[]> {
  const { rows } = await sql<{ user_id: string; conversation_id: string | null; lines: number }>`
    SELECT user_id, conversation_id, count(*)::integer AS lines FROM merged_lines GROUP BY 1, 2
  `.execute(tx)
  return rows.map((row) => ({ userId: row.user_id, conversationId: row.conversation_id, lines: row.lines }))
}

/** Writes the plan. New numbers lie above all old ones, so that no two lines ever share a place. */
export async function moveLines(tx: Executor, markAs: string | null): Promise<void> {
  await sql`
    UPDATE messages m SET user_id = l.user_id, seq = l.seq, conversation_id = l.conversation_id,
      merged_from = CASE WHEN l.from_user_id <> l.user_id THEN ${markAs}::uuid ELSE m.merged_from END
    FROM merged_lines l WHERE m.user_id = l.from_user_id AND m.seq = l.from_seq
  `.execute(tx)
}

/** Lines that go back though they were written after the merge: replies that were under way. */
export async function writtenSince(
  tx: Executor,
  absorbedId: string,
): Promise<{ userId: string; id: string; sealedText: Buffer }[]> {
  const { rows } = await sql<{ user_id: string; id: string; sealed_text: Buffer }>`
    SELECT m.user_id, m.id, m.sealed_text FROM merged_lines l
      JOIN messages m ON m.user_id = l.from_user_id AND m.seq = l.from_seq
    WHERE l.user_id = ${absorbedId} AND m.merged_from IS DISTINCT FROM ${absorbedId}::uuid
  `.execute(tx)
  return rows.map((row) => ({ userId: row.user_id, id: row.id, sealedText: row.sealed_text }))
}

export async function resealLine(tx: Executor, userId: string, id: string, sealedText: Buffer): Promise<void> {
  await sql`UPDATE messages SET sealed_text = ${sealedText} WHERE user_id = ${userId} AND id = ${id}`.execute(tx)
}

export async function countLines(db: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ lines: number }>`
    SELECT count(*)::integer AS lines FROM messages WHERE user_id = ${userId}
  `.execute(db)
  return rows[0]?.lines ?? 0
}

/** How many lines an undo would give back, and how many were written since and stay. */
export async function countParted(
  db: Executor,
  { absorbedId, survivorId, since }: { absorbedId: string; survivorId: string; since: Date },
): Promise<{ back: number; staying: number }> {
  const { rows } = await sql<{ back: number; staying: number }>`
    SELECT count(*) FILTER (WHERE goes)::integer AS back,
      count(*) FILTER (WHERE NOT goes AND created_at > ${since})::integer AS staying
    FROM (SELECT created_at, ${goesBack(absorbedId, survivorId)} AS goes
          FROM messages WHERE user_id = ${survivorId}) AS lines
  `.execute(db)
  return rows[0] ?? { back: 0, staying: 0 }
}

/** When a conversation's last line was written, or it began, in microseconds since 1970: two may be of one millisecond. */
export async function lastSignMicros(tx: Executor, userId: string, conversationId: string): Promise<number> {
  const { rows } = await sql<{ at: number }>`
    SELECT (extract(epoch FROM coalesce((
      SELECT created_at FROM messages m WHERE m.user_id = c.user_id AND m.conversation_id = c.id ORDER BY seq DESC LIMIT 1
    ), started_at)) * 1000000)::bigint AS at
    FROM conversations c WHERE user_id = ${userId} AND id = ${conversationId}
  `.execute(tx)
  return rows[0]?.at ?? 0
}
