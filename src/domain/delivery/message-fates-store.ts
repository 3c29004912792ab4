import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Names a message and whose it is. */
export interface MessageOfUser {
  userId: string
  messageId: string
}

/** What has become of all parts of a message together. */
export interface MessageFate {
  /** Something of it is still to be sent. */
  open: boolean
  /** Some attempt was made. */
  tried: boolean
  /** Over, and all of it has surely come. */
  came: boolean
  /** Over, and nothing of it can have come: see `takeBackMessage`. */
  takenBack: boolean
}

/** By message id. A message that nothing is or was owed of has none, nor has one that is another user's by now. */
export async function messageFates(
  db: Executor,
  messages: readonly MessageOfUser[],
): Promise<Map<string, MessageFate>> {
  if (messages.length === 0) return new Map()
  const { rows } = await sql<{ message_id: string; open: boolean; tried: boolean; came: boolean; taken_back: boolean }>`
    SELECT d.message_id, bool_or(d.due_at IS NOT NULL) AS open, bool_and(d.state = 'sent') AS came,
      bool_and(d.due_at IS NULL AND d.last_error IS NOT DISTINCT FROM 'taken_back') AS taken_back,
      bool_or(EXISTS (SELECT FROM delivery_attempts a WHERE a.delivery_id = d.id)) AS tried
    FROM unnest(${messages.map(({ userId }) => userId)}::uuid[], ${messages.map(({ messageId }) => messageId)}::uuid[])
      AS asked(user_id, message_id)
      JOIN deliveries d ON d.user_id = asked.user_id AND d.message_id = asked.message_id AND d.message_id IS NOT NULL
    GROUP BY d.message_id
  `.execute(db)
  return new Map(rows.map(({ message_id, taken_back: takenBack, ...fate }) => [message_id, { ...fate, takenBack }]))
}

/**
 * Takes a message back of which nothing can have come, tried or not: it counts as failed. False when something of it may
 * have come, or nothing is open. The caller holds the user's row lock.
 */
export async function takeBackMessage(tx: Executor, { userId, messageId }: MessageOfUser): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`SELECT take_back_message(${userId}, ${messageId}) AS taken`.execute(tx)
  return rows[0]?.taken ?? false
}
