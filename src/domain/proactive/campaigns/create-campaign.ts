import type { Executor } from '#platform/postgres'
import { countAudience } from './audience-store.ts'
import type { Campaign } from './campaign.ts'
import { insertCampaign, type NewCampaign } from './campaign-store.ts'

/** Makes a draft and counts for whom it would be; nothing is said before somebody starts it. */
export async function createCampaign(db: Executor, campaign: NewCampaign): Promise<Campaign> {
  const total = await countAudience(db, campaign.audience)
  return insertCampaign(db, { ...campaign, total })
}
