import { sql } from 'kysely'
import type { Queue } from '#platform/leases'
import type { Executor } from '#platform/postgres'
import type { SealedReminder } from './reminder.ts'

export interface ReminderJob {
  user_id: string
  id: string
}

/** What `platform/leases` needs to know about reminders: the row is the job. */
export const REMINDER_QUEUE: Queue<ReminderJob> = { table: 'reminders', key: ['id'], columns: ['user_id'] }

/** Topic that wakes the workers who say reminders; all of them look every second anyway. */
export const REMINDER_TOPIC = 'wake:reminders'

interface ReminderRow {
  id: string
  user_id: string
  sealed_text: Buffer
  remind_at: Date
  created_at: Date
}

const COLUMNS = sql`id, user_id, sealed_text, remind_at, created_at`

/** The database's clock decides what is past, whatever this machine's says. */
export async function databaseNow(db: Executor): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(db)
  return rows[0]?.now ?? new Date(Number.NaN)
}

export async function countOpen(tx: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    SELECT count(*)::integer AS open FROM reminders WHERE user_id = ${userId} AND due_at IS NOT NULL
  `.execute(tx)
  return rows[0]?.open ?? 0
}

export async function insertReminder(
  tx: Executor,
  { id, userId, sealedText, at }: Pick<SealedReminder, 'id' | 'userId' | 'sealedText' | 'at'>,
): Promise<SealedReminder> {
  const { rows } = await sql<ReminderRow>`
    INSERT INTO reminders (id, user_id, sealed_text, remind_at, due_at)
    VALUES (${id}, ${userId}, ${sealedText}, ${at}, ${at}) RETURNING ${COLUMNS}
  `.execute(tx)
  return fromRow(firstOf(rows))
}

/** Whether there is or ever was a reminder of this id. */
export async function isKnown(tx: Executor, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM reminders WHERE id = ${id}`.execute(tx)
  return rows.length > 0
}

/** Those still to come, the next one first. */
export async function readOpen(db: Executor, userId: string, limit: number): Promise<SealedReminder[]> {
  const { rows } = await sql<ReminderRow>`
    SELECT ${COLUMNS} FROM reminders WHERE user_id = ${userId} AND due_at IS NOT NULL ORDER BY remind_at, id LIMIT ${limit}
  `.execute(db)
  return rows.map(fromRow)
}

/** One of the user's own that is still to come, or null. */
export async function findOpen(db: Executor, userId: string, id: string): Promise<SealedReminder | null> {
  const { rows } = await sql<ReminderRow>`
    SELECT ${COLUMNS} FROM reminders WHERE user_id = ${userId} AND id = ${id} AND due_at IS NOT NULL
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/** Whoever had it under lease may not say what it was before. The caller holds the user's row lock. */
export async function rewriteReminder(
  tx: Executor,
  { id, userId, sealedText, at }: Pick<SealedReminder, 'id' | 'userId' | 'sealedText' | 'at'>,
): Promise<void> {
  await sql`
    UPDATE reminders SET sealed_text = ${sealedText}, remind_at = ${at}, due_at = ${at}, lease_token = lease_token + 1,
      lease_attempts = 0
    WHERE user_id = ${userId} AND id = ${id} AND due_at IS NOT NULL
  `.execute(tx)
}

/** False when there is none to come. The caller holds the user's row lock. */
export async function cancelRow(tx: Executor, userId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    UPDATE reminders SET state = 'cancelled', due_at = NULL, lease_token = lease_token + 1
    WHERE user_id = ${userId} AND id = ${id} AND due_at IS NOT NULL
  `.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

/** The row under this lease and by how many seconds it is late; null when the lease is lost. */
export async function readLeased(
  tx: Executor,
  { id, userId, leaseToken }: { id: string; userId: string; leaseToken: number },
): Promise<{ reminder: SealedReminder; lateSeconds: number } | null> {
  const { rows } = await sql<ReminderRow & { late: number }>`
    SELECT ${COLUMNS}, extract(epoch FROM clock_timestamp() - remind_at)::double precision AS late FROM reminders
    WHERE id = ${id} AND user_id = ${userId} AND lease_token = ${leaseToken} AND due_at IS NOT NULL FOR UPDATE
  `.execute(tx)
  return rows[0] ? { reminder: fromRow(rows[0]), lateSeconds: rows[0].late } : null
}

/** The caller holds the row under its lease. */
export async function endReminder(tx: Executor, id: string, state: 'said' | 'skipped'): Promise<void> {
  await sql`UPDATE reminders SET state = ${state}, due_at = NULL WHERE id = ${id}`.execute(tx)
}

/** All that somebody ever asked for becomes the survivor's. */
export async function moveReminders(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE reminders SET user_id = ${survivorId}, merged_from = ${absorbedId}, lease_token = lease_token + 1
    WHERE user_id = ${absorbedId}
  `.execute(tx)
}

/** What came goes back; what was asked for since then stays. */
export async function returnReminders(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE reminders SET user_id = ${absorbedId}, merged_from = NULL, lease_token = lease_token + 1
    WHERE user_id = ${survivorId} AND merged_from = ${absorbedId}
  `.execute(tx)
}

function fromRow(row: ReminderRow): SealedReminder {
  return {
    id: row.id,
    userId: row.user_id,
    sealedText: row.sealed_text,
    at: row.remind_at,
    createdAt: row.created_at,
  }
}

function firstOf(rows: ReminderRow[]): ReminderRow {
  const [row] = rows
  if (!row) throw new Error('a reminder that was written is not there')
  return row
}
