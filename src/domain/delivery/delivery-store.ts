import { sql } from 'kysely'
import type { Channel, DeliveryStatus, Interface } from '#contract/words'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Notice, Purpose } from './channel.ts'
import type { Delivery } from './delivery.ts'
import type { Part } from './split-text.ts'

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
}

/** Writes the delivery rows of a message; on a page it counts as sent at commit. */
export async function insertDeliveries(tx: Executor, owed: OwedMessage): Promise<void> {
  const parts = owed.address === null ? owed.parts.slice(0, 1) : owed.parts
  for (const [index, part] of parts.entries()) {
    await sql`
      INSERT INTO deliveries (id, user_id, channel, interface, address, message_id, turn_id, part, part_start, part_end,
                              purpose, replaces, state, due_at, finished_at)
      SELECT ${newId()}, ${owed.userId}, ${owed.channel}, ${owed.interface}, ${owed.address}::text, ${owed.messageId},
             ${owed.turnId}::uuid, ${index + 1}, ${part.start}, ${part.end},
             ${owed.purpose}, ${index === 0 ? (owed.replaces ?? null) : null}::text,
             CASE WHEN ${owed.address}::text IS NULL THEN 'sent' ELSE 'pending' END,
             CASE WHEN ${owed.address}::text IS NULL THEN NULL
                  WHEN EXISTS (SELECT 1 FROM deliveries WHERE channel = ${owed.channel} AND address = ${owed.address}
                               AND due_at IS NOT NULL) THEN 'infinity'::timestamptz
                  ELSE now() END,
             CASE WHEN ${owed.address}::text IS NULL THEN clock_timestamp() END
    `.execute(tx)
  }
}

/** Owes a chat a sentence of the product; false when it was told the same within `quietSeconds`. */
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

/** The delivery under this lease, or null when somebody else has it now. */
export async function readLeased(db: Executor, id: string, leaseToken: number): Promise<Delivery | null> {
  const { rows } = await sql<DeliveryRow>`
    SELECT *, extract(epoch FROM clock_timestamp() - owed_at)::float8 * 1000 AS age_ms FROM deliveries
    WHERE id = ${id} AND lease_token = ${leaseToken} AND due_at IS NOT NULL
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
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

interface DeliveryRow {
  id: string
  user_id: string
  channel: Channel
  interface: Interface
  address: string
  message_id: string | null
  turn_id: string | null
  part: number
  part_start: number
  part_end: number | null
  notice: Notice | null
  purpose: Purpose
  replaces: string | null
  state: DeliveryStatus
  attempts: number
  age_ms: number
  lease_token: number
  lease_attempts: number
}

function fromRow(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    userId: row.user_id,
    channel: row.channel,
    interface: row.interface,
    address: row.address,
    messageId: row.message_id,
    turnId: row.turn_id,
    part: row.part,
    partStart: row.part_start,
    partEnd: row.part_end,
    notice: row.notice,
    purpose: row.purpose,
    replaces: row.replaces,
    state: row.state,
    attempts: row.attempts,
    ageMs: row.age_ms,
    leaseToken: row.lease_token,
    leaseAttempts: row.lease_attempts,
  }
}
