import type { Queue } from '#platform/leases'

export interface DeliveryJob {
  id: string
  user_id: string
}

/** What `platform/leases` needs to know about deliveries: the row is the job. */
export const DELIVERY_QUEUE: Queue<DeliveryJob> = {
  table: 'deliveries',
  key: ['id'],
  columns: ['user_id'],
}

/** Topic that wakes the workers who deliver. */
export const DELIVERY_TOPIC = 'wake:deliveries'
