import type pg from 'pg'
import type { Channel, ConversationStatus, Interface, Role } from '#contract/words'
import { type BinaryCopy, startCopy } from '#platform/postgres'

type Client = Pick<pg.ClientBase, 'query'>

/** A line of another system's history, sealed for its new place. Ids as their bytes, times in microseconds since 1970. */
export interface BroughtLine {
  userId: Buffer
  seq: number
  id: Buffer
  conversationId: Buffer
  role: Role
  channel: Channel
  interface: Interface
  sealedText: Buffer
  createdAtMicros: number
}

export interface BroughtConversation {
  userId: string
  id: string
  personaId: string
  personaVersion: number
  status: ConversationStatus
  startedAtMicros: number
  archivedAtMicros: number | null
}

/** Lines as they come, by COPY in the transaction of the connection, which does nothing else until they have ended. */
export interface BroughtLines {
  write(line: BroughtLine): Promise<void> | void
  end(): Promise<number>
  abort(reason: Error): void
}

export function startLines(client: pg.ClientBase): BroughtLines {
  const copy: BinaryCopy = startCopy(client, LINES)
  return {
    write: (line) =>
      copy.write([
        line.userId,
        line.seq,
        line.id,
        line.conversationId,
        line.role,
        line.channel,
        line.interface,
        'text',
        line.sealedText,
        line.createdAtMicros,
      ]),
    end: copy.end,
    abort: copy.abort,
  }
}

const LINES = {
  table: 'messages',
  columns: {
    user_id: 'uuid',
    seq: 'int8',
    id: 'uuid',
    conversation_id: 'uuid',
    role: 'text',
    channel: 'text',
    interface: 'text',
    content_type: 'text',
    sealed_text: 'bytea',
    created_at: 'timestamptz',
  },
} as const

/** Writes conversations; of each user at most one is active. */
export async function bringConversations(
  client: pg.ClientBase,
  conversations: readonly BroughtConversation[],
): Promise<void> {
  const copy = startCopy(client, CONVERSATIONS)
  for (const one of conversations) {
    await copy.write([
      one.userId,
      one.id,
      one.personaId,
      one.personaVersion,
      one.status,
      one.startedAtMicros,
      one.archivedAtMicros,
    ])
  }
  await copy.end()
}

const CONVERSATIONS = {
  table: 'conversations',
  columns: {
    user_id: 'uuid',
    id: 'uuid',
    persona_id: 'text',
    persona_version: 'int4',
    status: 'text',
    started_at: 'timestamptz',
    archived_at: 'timestamptz',
  },
} as const

/** The user's latest talk with each companion, by persona, and the one that is active. */
export async function talksOf(
  client: Client,
  userId: string,
): Promise<{ byPersona: Map<string, string>; active: string | null }> {
  const { rows } = await client.query<{ persona_id: string; id: string; active: boolean }>(
    `SELECT DISTINCT ON (persona_id) persona_id, id, status = 'active' AS active FROM conversations
     WHERE user_id = $1 AND joined_into IS NULL ORDER BY persona_id, status = 'active' DESC, id DESC`,
    [userId],
  )
  return {
    byPersona: new Map(rows.map(({ persona_id, id }) => [persona_id, id])),
    active: rows.find(({ active }) => active)?.id ?? null,
  }
}

/** Makes this talk the active one instead of the one that is; null: none is. The caller has locked the user. */
export async function switchTalk(client: Client, userId: string, id: string | null): Promise<void> {
  await client.query(
    `UPDATE conversations SET status = 'archived', archived_at = clock_timestamp(), gap_from = NULL, gap_to = NULL
     WHERE user_id = $1 AND status = 'active' AND id IS DISTINCT FROM $2::uuid`,
    [userId, id],
  )
  await client.query(
    `UPDATE conversations SET status = 'active', archived_at = NULL, gap_from = NULL, gap_to = NULL
     WHERE user_id = $1 AND id = $2::uuid`,
    [userId, id],
  )
}

/** All lines below `end` stand so much further up from now on. The caller has locked the user, and nothing stands there. */
export async function moveUp(
  client: Client,
  userId: string,
  { end, places }: { end: number; places: number },
): Promise<void> {
  await client.query('UPDATE messages SET seq = seq + $3 WHERE user_id = $1 AND seq < $2', [userId, end, places])
  await client.query(
    'UPDATE conversations SET gap_from = NULL, gap_to = NULL WHERE user_id = $1 AND gap_from IS NOT NULL',
    [userId],
  )
}

/** Takes back lines that were brought to somebody, and talks of which nothing else is left. */
export async function takeBackLines(
  client: Client,
  userId: string,
  { firstSeq, lastSeq, talks }: { firstSeq: number | null; lastSeq: number | null; talks: readonly string[] },
): Promise<void> {
  await client.query('DELETE FROM messages WHERE user_id = $1 AND seq BETWEEN $2 AND $3', [userId, firstSeq, lastSeq])
  await client.query(
    `DELETE FROM conversations c WHERE user_id = $1 AND id = ANY($2::uuid[])
       AND NOT EXISTS (SELECT FROM messages m WHERE m.user_id = c.user_id AND m.conversation_id = c.id)`,
    [userId, [...talks]],
  )
}

/** Takes back all talks and lines of users whom nobody has met. */
export async function takeBackTalks(client: Client, userIds: readonly string[]): Promise<void> {
  await client.query('DELETE FROM messages WHERE user_id = ANY($1::uuid[])', [[...userIds]])
  await client.query('DELETE FROM conversations WHERE user_id = ANY($1::uuid[])', [[...userIds]])
}
