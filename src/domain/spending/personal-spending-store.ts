import { sql } from 'kysely'
import type { PersonalDataPart } from '#domain/identity'

/** This room's part: figures of days. */
export const spendingPersonalData: PersonalDataPart = {
  room: 'spending',
  tables: { user_days: 'erased' },
  async erase(tx, userIds) {
    const { numAffectedRows = 0n } = await sql`
      DELETE FROM user_days WHERE user_id = ANY(${[...userIds]}::uuid[])
    `.execute(tx)
    return Number(numAffectedRows)
  },
}
