import type { Queue } from '#platform/leases'

export interface TurnJob {
  id: string
  user_id: string
}

/** What `platform/leases` needs to know about turns: the row is the job. */
export const TURN_QUEUE: Queue<TurnJob> = {
  table: 'turns',
  key: ['id'],
  columns: ['user_id'],
  begunFirst: true,
}

/** Topic that wakes the workers who write replies. */
export const TURN_TOPIC = 'wake:turns'
