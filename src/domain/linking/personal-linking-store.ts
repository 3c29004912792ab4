import { sql } from 'kysely'
import { readAudit } from '#domain/audit'
import { eraseInTurn, type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/** This room's part, with what is said about the record that lies below every room. Nothing is parted any more. */
export const linkingPersonalData: PersonalDataPart = {
  room: 'linking',
  tables: {
    link_tokens: 'erased',
    merges: {
      stays: 'that two became one and when, without what it takes to part them: the other’s books may name it',
    },
    audit_events: { stays: 'what was done and when, by ids and codes that lead to nobody any more' },
  },
  files: [wholeFile('audit', readAudit)],
  erase: (tx, userIds, most) => eraseInTurn(most, [() => eraseLinks(tx, userIds), () => emptyJournals(tx, userIds)]),
}

async function eraseLinks(tx: Executor, userIds: readonly string[]): Promise<number> {
  const ids = sql`ANY(${[...userIds]}::uuid[])`
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM link_tokens WHERE telegram_user_id = ${ids} OR web_user_id = ${ids} OR confirmer_user_id = ${ids}
  `.execute(tx)
  return Number(numAffectedRows)
}

/** Nobody parts them any more. */
async function emptyJournals(tx: Executor, userIds: readonly string[]): Promise<number> {
  const ids = sql`ANY(${[...userIds]}::uuid[])`
  const { numAffectedRows = 0n } = await sql`
    UPDATE merges SET journal = '{}', closed_at = coalesce(closed_at, clock_timestamp())
    WHERE (survivor_id = ${ids} OR absorbed_id = ${ids}) AND (journal <> '{}' OR closed_at IS NULL)
  `.execute(tx)
  return Number(numAffectedRows)
}
