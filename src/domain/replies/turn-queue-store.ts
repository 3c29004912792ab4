/** What `platform/leases` needs to know about turns: the row is the job. */
export const TURN_QUEUE = {
  table: 'turns',
  key: ['id'],
  columns: 'id, user_id',
}

/** Topic that wakes the workers who write replies. */
export const TURN_TOPIC = 'wake:turns'
