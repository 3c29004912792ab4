import { sql } from 'kysely'
import { eraseInTurn, type PersonalDataPart } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/** This room's part: what was owed, where, and each attempt. Two statements, one for each index that begins with the user. */
export const deliveryPersonalData: PersonalDataPart = {
  room: 'delivery',
  tables: { deliveries: 'erased', delivery_attempts: 'erased' },
  erase: (tx, userIds, most) =>
    eraseInTurn(most, [
      (left) => eraseWhere(tx, userIds, sql`message_id IS NOT NULL`, left),
      (left) => eraseWhere(tx, userIds, sql`notice IS NOT NULL`, left),
    ]),
}

/** Their attempts go with them. */
async function eraseWhere(
  tx: Executor,
  userIds: readonly string[],
  fits: ReturnType<typeof sql>,
  most: number,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM deliveries WHERE id IN (
      SELECT id FROM deliveries WHERE user_id = ANY(${[...userIds]}::uuid[]) AND ${fits} LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}

/** Nothing of these users is sent any more; what is being sent at this moment may have arrived. Their rows are locked. */
export async function giveUpUsers(tx: Executor, userIds: readonly string[]): Promise<void> {
  await sql`
    SELECT give_up_address(user_id, channel, address) FROM (
      SELECT DISTINCT user_id, channel, address FROM deliveries
      WHERE user_id = ANY(${[...userIds]}::uuid[]) AND due_at IS NOT NULL AND (message_id IS NOT NULL OR notice IS NOT NULL)
      ORDER BY user_id, channel, address
    ) AS chats
  `.execute(tx)
}

/** Whether a notice of this key is still on its way to the user's chat. */
export async function isNoticeOpen(db: Executor, userId: string, key: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    SELECT EXISTS (
      SELECT FROM deliveries WHERE user_id = ${userId} AND notice IS NOT NULL AND notice->>'key' = ${key} AND due_at IS NOT NULL
    ) AS open
  `.execute(db)
  return rows[0]?.open ?? false
}
