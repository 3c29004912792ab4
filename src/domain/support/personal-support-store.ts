import { sql } from 'kysely'
import { type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import type { Support } from './support.ts'

/** This room's part: what was asked and answered. */
export function supportPersonalData(support: Pick<Support, 'requestsOf'>): PersonalDataPart {
  return {
    room: 'support',
    tables: { support_requests: 'erased' },
    files: [wholeFile('support', (_db, userId) => support.requestsOf(userId))],
    async erase(tx: Executor, userIds, most) {
      const { numAffectedRows = 0n } = await sql`
        DELETE FROM support_requests WHERE (user_id, id) IN (
          SELECT user_id, id FROM support_requests WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
      `.execute(tx)
      return Number(numAffectedRows)
    },
  }
}
