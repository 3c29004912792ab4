import { sql } from 'kysely'
import type { ConversationStatus } from '#contract/words'
import type { Executor } from '#platform/postgres'
import { type Conversation, RESTORE_DAYS } from './conversation.ts'

interface ConversationRow {
  id: string
  user_id: string
  persona_id: string
  persona_version: number
  story_id: string | null
  status: ConversationStatus
  started_at: Date
  archived_at: Date | null
}

/** The one the user is in, or null. */
export async function activeConversation(db: Executor, userId: string): Promise<Conversation | null> {
  const { rows } = await sql<ConversationRow>`
    SELECT * FROM conversations WHERE user_id = ${userId} AND status = 'active'
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/** One of the user's own, or null. */
export async function findConversation(db: Executor, userId: string, id: string): Promise<Conversation | null> {
  const { rows } = await sql<ConversationRow>`
    SELECT * FROM conversations WHERE user_id = ${userId} AND id = ${id} AND joined_into IS NULL
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/** Newest first. */
export async function listConversations(db: Executor, userId: string, limit: number): Promise<Conversation[]> {
  const { rows } = await sql<ConversationRow>`
    SELECT * FROM conversations WHERE user_id = ${userId} AND joined_into IS NULL ORDER BY id DESC LIMIT ${limit}
  `.execute(db)
  return rows.map(fromRow)
}

/** The newest conversation with this persona, whatever became of it; null when there was none. */
/** With whom these conversations of the user are, by id. */
export async function personaIdsOf(db: Executor, userId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; persona_id: string }>`
    SELECT id, persona_id FROM conversations WHERE user_id = ${userId} AND id = ANY(${ids}::uuid[])
  `.execute(db)
  return new Map(rows.map(({ id, persona_id }) => [id, persona_id]))
}

/** All of a user's conversations, also those that were joined into another. */
export async function conversationIds(tx: Executor, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM conversations WHERE user_id = ${userId}`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function latestConversationWith(
  db: Executor,
  userId: string,
  personaId: string,
): Promise<Conversation | null> {
  const { rows } = await sql<ConversationRow>`
    SELECT * FROM conversations WHERE user_id = ${userId} AND persona_id = ${personaId} AND joined_into IS NULL
    ORDER BY id DESC LIMIT 1
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/** Writes a new active conversation: none of its lines lie below where the history ends now. The caller has archived the one before and holds the user's row lock. */
export async function insertConversation(
  tx: Executor,
  conversation: Pick<Conversation, 'id' | 'userId' | 'personaId' | 'personaVersion' | 'storyId'>,
): Promise<Conversation> {
  const { rows } = await sql<ConversationRow>`
    INSERT INTO conversations (user_id, id, persona_id, persona_version, story_id, status, gap_from, gap_to)
    VALUES (${conversation.userId}, ${conversation.id}, ${conversation.personaId}, ${conversation.personaVersion},
            ${conversation.storyId}, 'active', 0, coalesce((
              SELECT seq FROM messages WHERE user_id = ${conversation.userId} ORDER BY seq DESC LIMIT 1), 0))
    RETURNING *
  `.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('a conversation that was inserted did not come back')
  return fromRow(row)
}

/** Archives the active conversation, if there is one, and says which it was. `lastSeq`: the history's last place. */
export async function archiveActive(tx: Executor, userId: string, lastSeq: number): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    UPDATE conversations SET status = 'archived', archived_at = clock_timestamp(), gap_from = ${lastSeq}, gap_to = NULL
    WHERE user_id = ${userId} AND status = 'active' RETURNING id
  `.execute(tx)
  return rows[0]?.id ?? null
}

/**
 * Makes an archived conversation the active one; null when it is too old. The caller archived the one before.
 * `lastSeq`: the history's last place.
 */
export async function reactivate(
  tx: Executor,
  userId: string,
  id: string,
  lastSeq: number,
): Promise<Conversation | null> {
  const { rows } = await sql<ConversationRow>`
    UPDATE conversations SET status = 'active', archived_at = NULL,
      gap_to = CASE WHEN gap_from IS NOT NULL THEN ${lastSeq}::bigint END
    WHERE user_id = ${userId} AND id = ${id} AND status = 'archived' AND joined_into IS NULL
      AND archived_at > now() - make_interval(days => ${RESTORE_DAYS})
    RETURNING *
  `.execute(tx)
  return rows[0] ? fromRow(rows[0]) : null
}

/** The places of these histories were numbered anew, or a line came into the middle of a talk. */
export async function forgetGaps(tx: Executor, userIds: readonly string[], id: string | null = null): Promise<void> {
  await sql`
    UPDATE conversations SET gap_from = NULL, gap_to = NULL
    WHERE user_id = ANY(${[...userIds]}::uuid[]) AND gap_from IS NOT NULL
      AND (${id}::uuid IS NULL OR id = ${id}::uuid)
  `.execute(tx)
}

function fromRow(row: ConversationRow): Conversation {
  return {
    id: row.id,
    userId: row.user_id,
    personaId: row.persona_id,
    personaVersion: row.persona_version,
    storyId: row.story_id,
    status: row.status,
    startedAt: row.started_at,
    archivedAt: row.archived_at,
  }
}
