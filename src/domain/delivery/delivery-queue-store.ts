/** What `platform/leases` needs to know about deliveries: the row is the job. */
export const DELIVERY_QUEUE = {
  table: 'deliveries',
  key: ['id'],
  columns: 'id, user_id',
}

/** Topic that wakes the workers who deliver. */
export const DELIVERY_TOPIC = 'wake:deliveries'
