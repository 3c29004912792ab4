import { sql } from 'kysely'
import { isDamage, type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import type { SealedReminder } from './reminder.ts'
import type { Reminders } from './reminders.ts'

/** This room's part: all that somebody ever asked to be reminded of. */
export function remindersPersonalData(reminders: Pick<Reminders, 'open'>): PersonalDataPart {
  return {
    room: 'reminders',
    tables: { reminders: 'erased' },
    files: [wholeFile('reminders', readAll)],
    async erase(tx, userIds, most) {
      const { numAffectedRows = 0n } = await sql`
        DELETE FROM reminders WHERE id IN (
          SELECT id FROM reminders WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
      `.execute(tx)
      return Number(numAffectedRows)
    },
  }

  async function readAll(db: Executor, userId: string): Promise<object[]> {
    const { rows } = await sql<SealedReminder & { state: string }>`
      SELECT id, user_id AS "userId", sealed_text AS "sealedText", remind_at AS at, created_at AS "createdAt", state
      FROM reminders WHERE user_id = ${userId} ORDER BY remind_at
    `.execute(db)
    const opened: object[] = []
    for (const { state, ...sealed } of rows) {
      // One that cannot be opened any more does not keep the person from all the others.
      const reminder = await reminders.open(sealed).catch((error: unknown) => {
        if (isDamage(error)) return null
        throw error
      })
      if (!reminder) continue
      const { userId: _, ...known } = reminder
      opened.push({ ...known, state })
    }
    return opened
  }
}
