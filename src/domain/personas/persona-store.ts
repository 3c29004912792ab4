import { type RawBuilder, sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { Persona, PersonaVersion } from './persona.ts'

/** Any fixed number that no other room uses; the same in every process. */
const PUBLISHING_LOCK_KEY = 7_065_727_361

/** Many may start at once on a machine that is busy with starting them: longer than any other lock is waited for. */
const PUBLISHING_WAIT_MAX_SECONDS = 30

/** Until the transaction ends nobody else publishes. */
export async function lockPublishing(tx: Executor): Promise<void> {
  await sql`SELECT set_config('lock_timeout', ${`${PUBLISHING_WAIT_MAX_SECONDS}s`}, true)`.execute(tx)
  await sql`SELECT pg_advisory_xact_lock(${PUBLISHING_LOCK_KEY}::bigint)`.execute(tx)
}

/** The version with exactly this content, the newest if there are several. */
export async function findVersion(
  tx: Executor,
  personaId: string,
  contentHash: Buffer,
): Promise<PersonaVersion | null> {
  const { rows } = await sql<{ version: number }>`
    SELECT version FROM persona_versions
    WHERE persona_id = ${personaId} AND content_hash = ${contentHash}
    ORDER BY version DESC LIMIT 1`.execute(tx)
  return rows[0] ? { personaId, version: rows[0].version, contentHash } : null
}

export async function addVersion(tx: Executor, persona: Persona, contentHash: Buffer): Promise<PersonaVersion> {
  const { rows } = await sql<{ version: number }>`
    INSERT INTO persona_versions (persona_id, version, content, content_hash)
    SELECT ${persona.id}, coalesce(max(version), 0) + 1, ${json(persona)}, ${contentHash}
    FROM persona_versions WHERE persona_id = ${persona.id}
    RETURNING version`.execute(tx)
  const added = rows[0]
  if (!added) throw new Error('persona_versions returned no row')
  return { personaId: persona.id, version: added.version, contentHash }
}

/** Offers this version; an unchanged row is left alone. */
export async function offerVersion(tx: Executor, persona: Persona, version: number): Promise<void> {
  await sql`
    INSERT INTO personas (id, current_version, price_type, price_amount)
    VALUES (${persona.id}, ${version}, ${persona.price.type}, ${persona.price.amount})
    ON CONFLICT (id) DO UPDATE SET
      current_version = excluded.current_version, withdrawn_at = NULL,
      price_type = excluded.price_type, price_amount = excluded.price_amount
    WHERE (personas.current_version, personas.price_type, personas.price_amount, personas.withdrawn_at IS NULL)
      IS DISTINCT FROM (excluded.current_version, excluded.price_type, excluded.price_amount, true)`.execute(tx)
}

export async function withdrawOthers(tx: Executor, offeredIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE personas SET withdrawn_at = now()
    WHERE withdrawn_at IS NULL AND id <> ALL(${[...offeredIds]}::text[])`.execute(tx)
}

/** A persona that is withdrawn from the start; one that is there already stays as it is. */
export async function insertKept(db: Executor, persona: Persona, version: number): Promise<void> {
  await sql`
    WITH kept AS (
      INSERT INTO personas (id, current_version, withdrawn_at, price_type, price_amount)
      VALUES (${persona.id}, ${version}, now(), ${persona.price.type}, ${persona.price.amount})
      ON CONFLICT DO NOTHING RETURNING id
    )
    INSERT INTO persona_versions (persona_id, version, content, content_hash)
    SELECT id, ${version}, ${json(persona)}, sha256(convert_to(${JSON.stringify(persona)}, 'UTF8')) FROM kept
  `.execute(db)
}

/** Last content of every withdrawn persona, as it was stored. */
export async function selectWithdrawn(executor: Executor): Promise<{ content: unknown }[]> {
  const { rows } = await sql<{ content: unknown }>`
    SELECT content FROM personas
    JOIN persona_versions ON persona_id = id AND version = current_version
    WHERE withdrawn_at IS NOT NULL ORDER BY id`.execute(executor)
  return rows
}

function json(persona: Persona): RawBuilder<unknown> {
  return sql`${JSON.stringify(persona)}::text::jsonb`
}
