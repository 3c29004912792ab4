import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Facts follow their lines, to whoever has them now and into whatever conversation they lie in now. */
export async function moveFacts(tx: Executor): Promise<void> {
  await sql`
    UPDATE facts f SET user_id = l.user_id, conversation_id = coalesce(l.conversation_id, f.conversation_id)
    FROM merged_lines l WHERE f.user_id = l.from_user_id AND f.message_id = l.message_id
  `.execute(tx)
}

export async function moveMemories(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE memories SET user_id = ${survivorId}, merged_from = ${absorbedId}, lease_token = lease_token + 1,
      lease_attempts = 0
    WHERE user_id = ${absorbedId}
  `.execute(tx)
}

/** The survivor's memories of conversations into which lines came are written anew. */
export async function rewriteJoined(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE memories m SET ${UNWRITTEN} WHERE user_id = ${survivorId} AND merged_from IS NULL AND EXISTS (
      SELECT FROM merged_lines l WHERE l.from_user_id = ${absorbedId} AND l.conversation_id = m.conversation_id)
  `.execute(tx)
}

/**
 * What came goes back, with what was first remembered since then of `conversationIds`, which go back too; whatever was
 * written since the merge may hold lines of both and is written anew. Whoever reads such a talk at this moment has seen
 * the lines of both, and may write no more.
 */
export async function returnMemories(
  tx: Executor,
  {
    absorbedId,
    survivorId,
    since,
    conversationIds,
  }: { absorbedId: string; survivorId: string; since: Date; conversationIds: string[] },
): Promise<void> {
  await sql`
    UPDATE memories SET lease_token = lease_token + 1 WHERE user_id = ${survivorId}
  `.execute(tx)
  await sql`
    UPDATE memories SET ${UNWRITTEN} WHERE user_id = ${survivorId} AND written_at > ${since}
  `.execute(tx)
  await sql`
    UPDATE memories SET user_id = ${absorbedId}, merged_from = NULL, lease_token = lease_token + 1, lease_attempts = 0
    WHERE user_id = ${survivorId}
      AND (merged_from = ${absorbedId} OR conversation_id = ANY(${conversationIds}::uuid[]))
  `.execute(tx)
}

/** Of a user's memories only that of the active conversation is kept up. */
export async function keepUpOnly(
  tx: Executor,
  { userId, activeId, days }: { userId: string; activeId: string | null; days: number },
): Promise<void> {
  await sql`
    UPDATE memories SET due_at = NULL, expires_at = coalesce(expires_at, now() + make_interval(days => ${days}::integer))
    WHERE user_id = ${userId} AND conversation_id IS DISTINCT FROM ${activeId}::uuid
  `.execute(tx)
  await sql`
    UPDATE memories SET expires_at = NULL, due_at = coalesce(due_at, now())
    WHERE user_id = ${userId} AND conversation_id = ${activeId}::uuid
  `.execute(tx)
}

/** Every fact of a user that has a text. */
export async function allFacts(tx: Executor, userId: string): Promise<{ id: string; sealedText: Buffer }[]> {
  const { rows } = await sql<{ id: string; sealed_text: Buffer }>`
    SELECT id, sealed_text FROM facts WHERE user_id = ${userId} AND forgotten_at IS NULL
  `.execute(tx)
  return rows.map((row) => ({ id: row.id, sealedText: row.sealed_text }))
}

export async function resealFact(tx: Executor, userId: string, id: string, sealedText: Buffer): Promise<void> {
  await sql`UPDATE facts SET sealed_text = ${sealedText} WHERE user_id = ${userId} AND id = ${id}`.execute(tx)
}

/** A row whose summary is to be written from the lines. */
const UNWRITTEN = sql`sealed_summary = NULL, seen_message_id = NULL, version = version + 1, due_at = now(),
  lease_token = lease_token + 1, lease_attempts = 0`
