import { sql } from 'kysely'
import type { LeasedRow, Queue } from '#platform/leases'
import type { Executor } from '#platform/postgres'
import type { Audience, CampaignState, CampaignTexts } from './campaign.ts'

/** The row as a lease shows it: what it takes to go on. */
export interface CampaignJob {
  id: string
  state: CampaignState
  texts: CampaignTexts
  audience: Audience
  /** Everybody up to this user has been looked at. */
  reached_user: string | null
}

/** A campaign under way. */
export type LeasedCampaign = LeasedRow<CampaignJob>

/** What `platform/leases` needs to know: a campaign is a job until nothing of it is under way. */
export const CAMPAIGN_QUEUE: Queue<CampaignJob> = {
  table: 'campaigns',
  key: ['id'],
  columns: ['state', 'texts', 'audience', 'reached_user'],
}

/** Topic that wakes the workers who see to campaigns. */
export const CAMPAIGN_TOPIC = 'wake:campaigns'

/** Somebody else has the campaign by now, or an operator has stopped it: what was begun for it is undone. */
export class CampaignTakenError extends Error {
  override readonly name = 'CampaignTakenError'
}

/**
 * Until the transaction ends no operator stops the campaign and nobody else takes it. Last in its transaction: this row
 * is everybody's.
 * @throws CampaignTakenError when either has happened
 */
export async function holdCampaign(tx: Executor, { id, lease_token }: LeasedCampaign): Promise<void> {
  const { rows } = await sql`
    SELECT id FROM campaigns WHERE id = ${id} AND lease_token = ${lease_token} AND state = 'running' FOR SHARE
  `.execute(tx)
  if (rows.length === 0) throw new CampaignTakenError('the campaign is somebody else’s')
}

/**
 * Everybody up to this user has been looked at.
 * @throws CampaignTakenError as above
 */
export async function moveOn(db: Executor, { id, lease_token }: LeasedCampaign, userId: string): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    UPDATE campaigns SET reached_user = ${userId}
    WHERE id = ${id} AND lease_token = ${lease_token} AND state = 'running'
  `.execute(db)
  if (numAffectedRows === 0n) throw new CampaignTakenError('the campaign is somebody else’s')
}

/** Gives it back to be taken after so long; null: there is nothing more to do for it. Nothing when the lease is lost. */
export async function putDown(
  db: Executor,
  { id, lease_token }: LeasedCampaign,
  afterMs: number | null,
): Promise<void> {
  await sql`
    UPDATE campaigns SET due_at = now() + ${afterMs}::double precision * interval '1 millisecond', lease_attempts = 0
    WHERE id = ${id} AND lease_token = ${lease_token} AND due_at IS NOT NULL
  `.execute(db)
}

/** Everybody was looked at and nothing is under way. Nothing when the lease is lost. */
export async function finishCampaign(db: Executor, { id, lease_token }: LeasedCampaign): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    UPDATE campaigns SET state = 'done', total = sent + skipped + failed, due_at = NULL, ended_at = clock_timestamp()
    WHERE id = ${id} AND lease_token = ${lease_token} AND state = 'running'
  `.execute(db)
  return numAffectedRows > 0n
}
