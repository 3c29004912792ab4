import type { LeasedRow, Queue } from '#platform/leases'

export interface EngagementJob {
  user_id: string
}

/** What `platform/leases` needs to know about texts to be written: the row is the job. */
export const ENGAGEMENT_QUEUE: Queue<EngagementJob> = {
  table: 'engagements',
  key: ['user_id'],
  columns: [],
  condition: "phase = 'writing'",
}

/** Topic that wakes the workers who write them. */
export const ENGAGEMENT_TOPIC = 'wake:engagements'

export type LeasedEngagement = Pick<LeasedRow<EngagementJob>, 'user_id' | 'lease_token' | 'lease_attempts'>
