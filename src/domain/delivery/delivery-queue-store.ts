import type { Channel, DeliveryStatus, Interface } from '#contract/words'
import type { LeasedRow, Queue } from '#platform/leases'
import type { Notice, Purpose } from './channel.ts'
import type { Delivery } from './delivery.ts'

/** The row as a lease shows it: all that sending needs, so that it is not read once more. */
export interface DeliveryJob {
  id: string
  user_id: string
  channel: Channel
  interface: Interface
  address: string
  purpose: Purpose
  message_id: string | null
  turn_id: string | null
  part: number
  part_start: number
  part_end: number | null
  notice: Notice | null
  replaces: string | null
  buttons: string | null
  state: DeliveryStatus
  attempts: number
}

const QUEUE: Queue<DeliveryJob> = {
  table: 'deliveries',
  key: ['id'],
  columns: [
    'user_id',
    'channel',
    'interface',
    'address',
    'purpose',
    'message_id',
    'turn_id',
    'part',
    'part_start',
    'part_end',
    'notice',
    'replaces',
    'buttons',
    'state',
    'attempts',
  ],
}

/** What `platform/leases` needs to know about what people wait for: the row is the job. */
export const DELIVERY_QUEUE: Queue<DeliveryJob> = { ...QUEUE, condition: "purpose <> 'proactive'" }

/** What nobody asked for, taken apart so that a reply never waits behind it. */
export const PROACTIVE_QUEUE: Queue<DeliveryJob> = { ...QUEUE, condition: "purpose = 'proactive'" }

/** Topic that wakes the workers who deliver. */
export const DELIVERY_TOPIC = 'wake:deliveries'
/** The same for what nobody asked for; a wake-up that is missing costs a poll. */
export const PROACTIVE_TOPIC = 'wake:proactive'

export function toDelivery(row: LeasedRow<DeliveryJob>): Delivery {
  return {
    id: row.id,
    userId: row.user_id,
    channel: row.channel,
    interface: row.interface,
    address: row.address,
    purpose: row.purpose,
    messageId: row.message_id,
    turnId: row.turn_id,
    part: row.part,
    partStart: row.part_start,
    partEnd: row.part_end,
    notice: row.notice,
    replaces: row.replaces,
    buttons: row.buttons,
    state: row.state,
    attempts: row.attempts,
    leaseToken: row.lease_token,
    leaseAttempts: row.lease_attempts,
  }
}
