import { sql } from 'kysely'
import type { DeliveryStatus } from '#contract/words'
import type { Executor } from '#platform/postgres'
import type { SendOutcome } from './channel.ts'
import type { Delivery } from './delivery.ts'
import { patienceFor } from './patience.ts'

/** What is known of a delivery before it is sent. */
export interface Begun {
  /** Only `begun` wrote an attempt; the others see deliveries.sql. */
  verdict: 'begun' | 'overdue' | 'spent'
  /** Attempts before this one. */
  earlier: number
  /** Those of them that may have arrived: they ended unknown, or nobody settled them. */
  ambiguous: number
  /** Since it was owed, by the database's clock. */
  ageMs: number
}

/** `lost`: the lease is; `busy`: somebody writes to the row at this moment, nothing was begun. */
export type MaybeBegun = Begun | { verdict: 'lost' | 'busy' }

/** Writes down that these are about to be sent, unless that is too late or too often. In the order given. */
export async function beginAttempts(db: Executor, deliveries: readonly Delivery[]): Promise<MaybeBegun[]> {
  const patience = deliveries.map(({ purpose }) => patienceFor(purpose))
  const { rows } = await sql<BegunRow>`
    SELECT verdict, earlier, ambiguous, age_ms FROM begin_attempts(
      ${deliveries.map(({ id }) => id)}::uuid[], ${deliveries.map(({ leaseToken }) => leaseToken)}::bigint[],
      ${patience.map(({ deadlineMs }) => deadlineMs)}::bigint[],
      ${patience.map(({ ambiguousMax }) => ambiguousMax)}::integer[])
  `.execute(db)
  return rows.map((row) =>
    row.verdict === 'lost' || row.verdict === 'busy'
      ? { verdict: row.verdict }
      : { verdict: row.verdict, earlier: row.earlier, ambiguous: row.ambiguous, ageMs: row.age_ms },
  )
}

interface BegunRow {
  verdict: MaybeBegun['verdict']
  earlier: number
  ambiguous: number
  age_ms: number
}

/** What a delivery comes to after an attempt. `dueInMs` is set while it stays open. */
export interface Settlement {
  state: DeliveryStatus
  /** Of the attempt. */
  outcome: SendOutcome['kind']
  error: string | null
  externalId: string | null
  /** Whether this attempt counts against the limit. */
  spent: boolean
  dueInMs: number | null
}

export interface Settled {
  /** `busy`: the chat is being written to or moved; nothing was settled. `lost`: the lease is. */
  verdict: 'settled' | 'lost' | 'busy'
  /** Whether the next in the lane became due. */
  woke: boolean
}

/** What a delivery is to come to. */
export interface ToSettle {
  delivery: Delivery
  settlement: Settlement
}

/**
 * Settles attempts and deliveries under their fencing tokens, and wakes the lane of each that ends. Never waits for a
 * chat. In the order given.
 */
export async function settleAttempts(db: Executor, items: readonly ToSettle[]): Promise<Settled[]> {
  const of = <Value>(read: (item: ToSettle) => Value) => items.map(read)
  const { rows } = await sql<Settled>`
    SELECT verdict, woke FROM settle_attempts(
      ${of(({ delivery }) => delivery.id)}::uuid[], ${of(({ delivery }) => delivery.leaseToken)}::bigint[],
      ${of(({ delivery }) => delivery.channel)}::text[], ${of(({ delivery }) => delivery.address)}::text[],
      ${of(({ delivery }) => delivery.purpose)}::text[], ${of(({ settlement }) => settlement.state)}::text[],
      ${of(({ settlement }) => settlement.outcome)}::text[], ${of(({ settlement }) => settlement.error)}::text[],
      ${of(({ settlement }) => settlement.externalId)}::text[],
      ${of(({ settlement }) => (settlement.spent ? 1 : 0))}::integer[],
      ${of(({ settlement }) => settlement.dueInMs)}::bigint[])
  `.execute(db)
  return rows
}

/** Puts a leased delivery off for so many milliseconds: nothing was tried, nothing counts. */
export async function putOff(db: Executor, delivery: Delivery, afterMs: number): Promise<void> {
  await sql`
    UPDATE deliveries SET due_at = now() + ${afterMs} * interval '1 millisecond', lease_attempts = greatest(0, lease_attempts - 1)
    WHERE id = ${delivery.id} AND lease_token = ${delivery.leaseToken} AND due_at IS NOT NULL
  `.execute(db)
}

/** Whose delivery it is at this moment; null when it is gone. */
export async function ownerOf(db: Executor, delivery: Delivery): Promise<string | null> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT user_id FROM deliveries WHERE id = ${delivery.id}
  `.execute(db)
  return rows[0]?.user_id ?? null
}
