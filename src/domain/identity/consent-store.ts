import { sql } from 'kysely'
import type { Interface, LegalDocument } from '#contract/words'
import type { Executor } from '#platform/postgres'
import type { LegalVersions } from './legal-texts.ts'

/** Somebody has agreed to these versions, here; the first time stands. Of a tombstone nothing is written. */
export async function recordConsent(
  tx: Executor,
  consent: { userId: string; versions: Partial<LegalVersions>; interface: Interface },
): Promise<void> {
  const versions = Object.entries(consent.versions)
  if (versions.length === 0) return
  await sql`
    INSERT INTO consents (user_id, document, version, interface)
      SELECT users.id, given.document, given.version, ${consent.interface}
      FROM users, unnest(${versions.map(([document]) => document)}::text[], ${versions.map(([, version]) => version)}::text[])
        AS given (document, version)
      WHERE users.id = ${consent.userId}::uuid AND users.merged_into IS NULL
    ON CONFLICT DO NOTHING`.execute(tx)
}

/** The latest version of each text that somebody has agreed to. */
export async function readConsents(
  executor: Executor,
  userId: string,
): Promise<Partial<Record<LegalDocument, string>>> {
  const { rows } = await sql<{ document: LegalDocument; version: string }>`
    SELECT document, max(version) AS version FROM consents WHERE user_id = ${userId}::uuid GROUP BY document`.execute(
    executor,
  )
  return Object.fromEntries(rows.map(({ document, version }) => [document, version]))
}

/** Whether somebody who agreed to earlier texts is yet to be told in their chat of these. */
export async function isOwedTextsNews(executor: Executor, userId: string, versions: LegalVersions): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM users WHERE id = ${userId}::uuid AND ${owedNews(versions)}`.execute(executor)
  return rows.length > 0
}

/** Takes the right to tell them: true for one caller and once. */
export async function takeTextsNews(tx: Executor, userId: string, versions: LegalVersions): Promise<boolean> {
  const { rows } = await sql`
    UPDATE users SET texts_told = ${keyOf(versions)} WHERE id = ${userId}::uuid AND ${owedNews(versions)}
    RETURNING id`.execute(tx)
  return rows.length > 0
}

/** Who has not confirmed 18+ yet is asked for everything together there. */
function owedNews(versions: LegalVersions) {
  return sql`merged_into IS NULL AND adult_confirmed_at IS NOT NULL AND texts_told IS DISTINCT FROM ${keyOf(versions)}
    AND (SELECT count(*) FROM consents WHERE user_id = users.id
      AND ((document = 'terms' AND version >= ${versions.terms})
        OR (document = 'privacy' AND version >= ${versions.privacy}))) < 2`
}

function keyOf({ terms, privacy }: LegalVersions): string {
  return `${terms} ${privacy}`
}
