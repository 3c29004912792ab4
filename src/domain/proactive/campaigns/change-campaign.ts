import type { Kysely } from 'kysely'
import { type AuditKind, recordAudit } from '#domain/audit'
import { type Database, inTransaction } from '#platform/postgres'
import { countAudience } from './audience-store.ts'
import type { Campaign, CampaignState } from './campaign.ts'
import { findCampaign, lockCampaign, writeState } from './campaign-store.ts'

export type CampaignDeed = 'start' | 'pause' | 'resume' | 'cancel'

/** Why it is not done: there is none, it was never started, it stands still (resume it), or it is over. */
export type CampaignRefusal = 'absent' | 'not_started' | 'paused' | 'over'

interface Step {
  from: readonly CampaignState[]
  to: CampaignState
  audit: AuditKind
}

const STEPS: Record<CampaignDeed, Step> = {
  start: { from: ['draft'], to: 'running', audit: 'campaign_started' },
  pause: { from: ['running'], to: 'paused', audit: 'campaign_paused' },
  resume: { from: ['paused'], to: 'running', audit: 'campaign_resumed' },
  cancel: { from: ['draft', 'running', 'paused'], to: 'cancelled', audit: 'campaign_cancelled' },
}

/**
 * What an operator does with a campaign. Done again, or by two at once, it is done once, and each hears the state as it
 * is. After the commit the workers of campaigns want to be woken.
 */
export async function changeCampaign(
  db: Kysely<Database>,
  { id, deed, operatorId }: { id: string; deed: CampaignDeed; operatorId: string },
): Promise<Campaign | CampaignRefusal> {
  const { from, to, audit } = STEPS[deed]
  const known = await findCampaign(db, id)
  // Counted outside of the transaction: it may take seconds, and nobody is kept waiting meanwhile.
  const total = known && deed === 'start' && known.state === 'draft' ? await countAudience(db, known.audience) : null
  return inTransaction(db, async (tx) => {
    const campaign = await lockCampaign(tx, id)
    if (!campaign) return 'absent'
    if (campaign.state === to) return campaign
    if (!from.includes(campaign.state)) return refusalIn(campaign.state)
    await recordAudit(tx, { kind: audit, userId: operatorId, details: { campaignId: id } })
    return writeState(tx, id, { state: to, total })
  })
}

function refusalIn(state: CampaignState): CampaignRefusal {
  if (state === 'draft') return 'not_started'
  return state === 'paused' ? 'paused' : 'over'
}
