import { sql } from 'kysely'
import type { PersonalDataPart } from '#domain/identity'

/** This room's part: logins that an import wrote down, and its remarks about what it could not take as it was. */
export const legacyPersonalData: PersonalDataPart = {
  room: 'legacy',
  tables: {
    legacy_profiles: { stays: 'an id of the old system, so that an import does not bring somebody back' },
    legacy_shares: 'erased',
    legacy_rows: 'erased',
  },
  async erase(tx, userIds) {
    await sql`
      DELETE FROM legacy_rows WHERE source_table IN ('profiles', 'user_credits') AND key IN (
        SELECT legacy_id::text FROM legacy_profiles WHERE user_id = ANY(${[...userIds]}::uuid[]))
    `.execute(tx)
    const { numAffectedRows = 0n } = await sql`
      DELETE FROM legacy_shares WHERE user_id = ANY(${[...userIds]}::uuid[])
    `.execute(tx)
    return Number(numAffectedRows)
  },
}
