import { reach } from '#platform/failpoints'
import type { LeasedRow } from '#platform/leases'
import { type Executor, isUnavailable } from '#platform/postgres'
import { type Begun, putOff } from './attempt-store.ts'
import type { Content, OutsideChannel, SendOutcome } from './channel.ts'
import type { Delivery, RetryPolicy } from './delivery.ts'
import { type DeliveryJob, toDelivery } from './delivery-queue-store.ts'
import { type RecordDeps, type Recorded, recordOutcome } from './record-outcome.ts'
import { expired, interrupted, settleOutcome } from './settle-outcome.ts'

/** An opening line that was taken this often without finding a place goes like a reply: what is asked after it waits behind it. */
const OPENING_TAKEN_MAX = 3

export interface DeliverDeps extends RecordDeps {
  /** For what a crash of the server may forget. */
  leaseDb: Executor
  channels: Map<string, OutsideChannel>
  policy: RetryPolicy
  /** The text or notice of a delivery, read outside any transaction; null when it is gone. */
  contentOf(delivery: Delivery): Promise<Content | null>
}

/** Sends one leased delivery and records how it went, or puts it off when it is not its chat's turn. */
export async function deliverDue(deps: DeliverDeps, row: LeasedRow<DeliveryJob>, signal?: AbortSignal): Promise<void> {
  const delivery = toDelivery(row)
  await reach('delivery.leased', delivery.userId)
  const channel = deps.channels.get(delivery.channel)
  const waitMs = channel ? await waitOf(channel, delivery) : 0
  if (waitMs > 0) return putOff(deps.leaseDb, delivery, waitMs)
  // Read first: a text that cannot be read now was never tried, and no attempt may say otherwise.
  const send = await prepare(deps, channel, delivery)
  const begun = await deps.attempts.begin(delivery)
  if (!begun) return
  const recorded = await attempt(deps, delivery, begun, () => send(begun.earlier + 1))
  await recordOutcome(deps, delivery, recorded, signal)
  await reach('delivery.recorded', delivery.userId)
}

/** For how long nothing needs to be taken, in milliseconds: until the first channel is to be tried again. */
export function awayForMs(channels: ReadonlyMap<string, OutsideChannel>): number {
  const waitsMs = [...channels.values()].map((channel) => channel.awayForMs())
  return waitsMs.length > 0 ? Math.min(...waitsMs) : 0
}

/** The channel as a whole is asked first: a place in the pace is not to be spent on one that is away. */
async function waitOf(channel: OutsideChannel, { address, purpose, leaseToken }: Delivery): Promise<number> {
  const urgent = purpose === 'opening' && leaseToken > OPENING_TAKEN_MAX
  return channel.awayForMs() || channel.pace(address, urgent ? 'reply' : purpose)
}

async function attempt(
  { policy }: DeliverDeps,
  delivery: Delivery,
  begun: Begun,
  sendOnce: () => Promise<SendOutcome>,
): Promise<Recorded> {
  if (begun.verdict === 'overdue') return { ...expired(delivery), attempt: begun.earlier }
  if (begun.verdict === 'spent') return { ...interrupted(), attempt: begun.earlier }
  await reach('delivery.attempted', delivery.userId)
  const outcome = await sendOnce()
  await reach('delivery.sent', delivery.userId)
  return { outcome, settlement: settleOutcome(delivery, outcome, { ...begun, policy }), attempt: begun.earlier + 1 }
}

/**
 * What an attempt with this number does. A text that is damaged is tried as often as one that is not taken: what waits
 * behind it in its chat does not wait for its deadline.
 */
async function prepare(
  { contentOf }: DeliverDeps,
  channel: OutsideChannel | undefined,
  delivery: Delivery,
): Promise<(number: number) => Promise<SendOutcome>> {
  if (!channel) return async () => ({ kind: 'refused', error: 'no_channel' })
  try {
    const content = await contentOf(delivery)
    if (!content) return async () => ({ kind: 'refused', error: 'no_content' })
    return (number) => channel.send(delivery.address, content, number)
  } catch (error) {
    if (isUnavailable(error)) throw error
    const name = error instanceof Error ? error.name : typeof error
    return async () => ({ kind: 'retry', error: `unreadable ${name}` })
  }
}
