import { sql } from 'kysely'
import type { Channel, DeliveryStatus, Interface } from '#contract/words'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Notice, Part, Purpose } from './channel.ts'

/** A finished message and where it is owed. */
export interface OwedMessage {
  userId: string
  messageId: string
  turnId: string | null
  purpose: Purpose
  channel: Channel
  interface: Interface
  /** Null for pages: they read the shared history. */
  address: string | null
  parts: Part[]
  /** What stood in for the growing reply; its first part takes its place. */
  replaces?: string | null
  /** What can be pressed under its last part, by the name that the channel knows it by. */
  buttons?: string | null
}

/** Writes the delivery rows of a message; on a page it counts as sent at commit. The caller holds the user's row lock. */
export async function insertDeliveries(tx: Executor, owed: OwedMessage): Promise<void> {
  const parts = owed.address === null ? owed.parts.slice(0, 1) : owed.parts
  await sql`
    SELECT owe_message(
      ${owed.userId}, ${owed.channel}, ${owed.interface}, ${owed.address}, ${owed.messageId}, ${owed.turnId},
      ${owed.purpose}, ${owed.replaces ?? null}, ${owed.buttons ?? null}, ${parts.map(() => newId())}::uuid[],
      ${parts.map(({ start }) => start)}::integer[], ${parts.map(({ end }) => end)}::integer[])
  `.execute(tx)
}

/**
 * Owes a chat a sentence of the product; false when it was told the same within `quietSeconds`. The caller holds the
 * user's row lock.
 */
export async function insertNotice(
  tx: Executor,
  owed: { userId: string; channel: Channel; address: string; notice: Notice; quietSeconds?: number },
): Promise<boolean> {
  const { rows } = await sql<{ owed: boolean }>`
    SELECT owe_notice(${owed.userId}, ${owed.channel}, 'bot', ${owed.address}, ${JSON.stringify(owed.notice)}::jsonb,
                      ${owed.quietSeconds ?? 0}) AS owed
  `.execute(tx)
  return rows[0]?.owed ?? false
}

/** How many sentences of the product a chat is still owed, counted up to `max`. */
export async function waitingNotices(
  tx: Executor,
  at: { channel: Channel; address: string; max: number },
): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    SELECT count(*)::integer AS waiting FROM (
      SELECT 1 FROM deliveries
      WHERE channel = ${at.channel} AND address = ${at.address} AND (purpose = 'proactive') = false
        AND due_at IS NOT NULL AND notice IS NOT NULL
      LIMIT ${at.max}) AS owed
  `.execute(tx)
  return rows[0]?.waiting ?? 0
}

/** The worst state of each message's parts: a message is sent when all of it is. */
export async function statusOfMessages(
  db: Executor,
  userId: string,
  messageIds: string[],
): Promise<Map<string, DeliveryStatus>> {
  const { rows } = await sql<{ message_id: string; status: DeliveryStatus }>`
    SELECT DISTINCT ON (message_id) message_id, state AS status FROM deliveries
    WHERE user_id = ${userId} AND message_id = ANY(${messageIds}::uuid[])
    ORDER BY message_id, array_position(ARRAY['failed','unknown','sending','pending','sent'], state)
  `.execute(db)
  return new Map(rows.map((row) => [row.message_id, row.status]))
}

/**
 * The turn whose reply this chat was sent: in the message with this id, or, without one, the last. Null for a message that
 * answered nothing.
 */
export async function findSentTurn(
  db: Executor,
  at: { userId: string; channel: Channel; address: string; externalId: string | null },
): Promise<string | null> {
  const { rows } = await sql<{ turn_id: string }>`
    SELECT turn_id FROM deliveries
    WHERE user_id = ${at.userId} AND message_id IS NOT NULL AND turn_id IS NOT NULL
      AND channel = ${at.channel} AND address = ${at.address} AND state IN ('sent', 'unknown')
      AND (${at.externalId}::text IS NULL OR external_id = ${at.externalId})
    ORDER BY position DESC LIMIT 1
  `.execute(db)
  return rows[0]?.turn_id ?? null
}

/** Which of the product's sentences this message of a chat is; null for any other message. */
export async function findSentNotice(
  db: Executor,
  at: { userId: string; channel: Channel; address: string; externalId: string },
): Promise<string | null> {
  const { rows } = await sql<{ key: string }>`
    SELECT notice->>'key' AS key FROM deliveries
    WHERE user_id = ${at.userId} AND channel = ${at.channel} AND address = ${at.address}
      AND external_id = ${at.externalId} AND notice IS NOT NULL LIMIT 1
  `.execute(db)
  return rows[0]?.key ?? null
}
