import { sql } from 'kysely'
import { type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/** This room's part: that somebody of ours has read along is told to whoever asks, and goes with the talk. */
export const readingsPersonalData: PersonalDataPart = {
  room: 'readings',
  tables: { readings: 'erased' },
  files: [wholeFile('readings', readReadings)],
  async erase(tx, userIds) {
    const { numAffectedRows = 0n } = await sql`
      DELETE FROM readings WHERE user_id = ANY(${[...userIds]}::uuid[])
    `.execute(tx)
    return Number(numAffectedRows)
  },
}

async function readReadings(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT reason, opened_at AS "openedAt", expires_at AS "expiresAt", turn_id IS NULL AS "wholeTalk" FROM readings
    WHERE user_id = ${userId} ORDER BY opened_at
  `.execute(db)
  return rows
}
