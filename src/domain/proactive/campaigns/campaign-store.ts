import { sql } from 'kysely'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Audience, Campaign, CampaignState, CampaignTexts } from './campaign.ts'

const COLUMNS = sql`
  id, state, texts, audience, total, sent, skipped, failed, created_at, started_at, ended_at`

interface CampaignRow {
  id: string
  state: CampaignState
  texts: CampaignTexts
  audience: Audience
  total: number
  sent: number
  skipped: number
  failed: number
  created_at: Date
  started_at: Date | null
  ended_at: Date | null
}

export interface NewCampaign {
  operatorId: string
  texts: CampaignTexts
  audience: Audience
}

/** Its id rises with time, so that they can be listed by it. */
export async function insertCampaign(
  db: Executor,
  { operatorId, texts, audience, total }: NewCampaign & { total: number },
): Promise<Campaign> {
  const { rows } = await sql<CampaignRow>`
    INSERT INTO campaigns (id, operator_id, texts, audience, total)
    VALUES (${newId()}, ${operatorId}, ${JSON.stringify(texts)}::jsonb, ${JSON.stringify(audience)}::jsonb, ${total})
    RETURNING ${COLUMNS}
  `.execute(db)
  return toCampaign(rows)
}

/** One row by its key, however many the campaign is for; null when there is none. */
export async function findCampaign(db: Executor, id: string): Promise<Campaign | null> {
  const { rows } = await sql<CampaignRow>`SELECT ${COLUMNS} FROM campaigns WHERE id = ${id}`.execute(db)
  return rows.length > 0 ? toCampaign(rows) : null
}

/** Newest first; `before`: the id that the last page ended with. */
export async function listCampaigns(
  db: Executor,
  { before, limit }: { before: string | null; limit: number },
): Promise<Campaign[]> {
  const { rows } = await sql<CampaignRow>`
    SELECT ${COLUMNS} FROM campaigns WHERE ${before}::uuid IS NULL OR id < ${before}::uuid ORDER BY id DESC LIMIT ${limit}
  `.execute(db)
  return rows.map((row) => toCampaign([row]))
}

/** Until the transaction ends nobody else changes its state. Null when there is none. */
export async function lockCampaign(tx: Executor, id: string): Promise<Campaign | null> {
  const { rows } = await sql<CampaignRow>`
    SELECT ${COLUMNS} FROM campaigns WHERE id = ${id} FOR NO KEY UPDATE
  `.execute(tx)
  return rows.length > 0 ? toCampaign(rows) : null
}

/**
 * Gives it another state and takes it away from the worker that has it: whoever takes it next does what the state asks
 * for. The caller has locked it. `total`: null leaves it.
 */
export async function writeState(
  tx: Executor,
  id: string,
  { state, total }: { state: CampaignState; total: number | null },
): Promise<Campaign> {
  const { rows } = await sql<CampaignRow>`
    UPDATE campaigns SET state = ${state}, total = coalesce(${total}, total), due_at = now(), lease_token = lease_token + 1,
      lease_attempts = 0,
      started_at = CASE WHEN ${state} = 'running' THEN coalesce(started_at, clock_timestamp()) ELSE started_at END,
      ended_at = CASE WHEN ${state} = 'cancelled' THEN clock_timestamp() END
    WHERE id = ${id} RETURNING ${COLUMNS}
  `.execute(tx)
  return toCampaign(rows)
}

function toCampaign([row]: CampaignRow[]): Campaign {
  if (!row) throw new Error('campaigns gave no row')
  const { created_at, started_at, ended_at, ...rest } = row
  return { ...rest, createdAt: created_at, startedAt: started_at, endedAt: ended_at }
}
