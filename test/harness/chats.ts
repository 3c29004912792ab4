import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import {
  createAttempts,
  DELIVERY_QUEUE,
  type DeliverDeps,
  type DeliveryJob,
  insertDeliveries,
  type OutsideChannel,
  PROACTIVE_QUEUE,
  type Purpose,
  type SendOutcome,
  type SettledDelivery,
} from '#domain/delivery'
import { createLeases, type LeasedRow } from '#platform/leases'
import { type Database, inTransaction } from '#platform/postgres'
import { openRooms } from './rooms.ts'
import { type Scope, wholeFile } from './scope.ts'

const LEASE_MS = 60_000
const MANY = 1_000
const POLICY = { maxAttempts: 8, backoffBaseMs: 1_000, backoffMaxMs: 300_000 }

/** A messenger that answers what it is told to; without orders it takes everything. */
export interface ObedientChannel extends OutsideChannel {
  sent: { address: string; text: string; attempt: number }[]
  /** The answers to the next sends, in order. */
  next: (SendOutcome | (() => Promise<SendOutcome>))[]
  awayMs: number
  paceMs: number
}

export interface DeliveryLook {
  state: string
  due: 'now' | 'later' | 'waits' | 'over'
  attempts: number
  error: string | null
  /** Of the attempts written down; null: nobody settled it. */
  outcomes: (string | null)[]
}

export type Chats = Awaited<ReturnType<typeof openChats>>

/** The queue of deliveries on a database of its own, with a messenger that does as it is told. */
export async function openChats(scope: Scope = wholeFile) {
  const rooms = await openRooms(scope)
  const { db, pool } = rooms
  const leases = createLeases({ pool })
  const channel = obedientChannel()
  const settled: SettledDelivery[] = []
  const lost: { userId: string; kind: string; error: string }[] = []
  let woken = 0
  const deps: DeliverDeps = {
    ...standOn(db),
    channels: new Map([['telegram', channel]]),
    async onSettled(_tx, { userId }, outcome) {
      if (outcome.kind !== 'sent') lost.push({ userId, kind: outcome.kind, error: outcome.error })
      return () => {}
    },
    wake: () => {
      woken += 1
    },
    measure: (one) => settled.push(one),
  }
  return {
    ...rooms,
    channel,
    deps,
    leases,
    /** What was measured, in order. */
    settled,
    /** What ended without having come, in order. */
    lost,
    woken: () => woken,
    owe: (person: Person, purpose?: Purpose, parts?: number) => owe(db, person, purpose, parts),
    look: (person: Person) => look(db, person),
    /** Everything that is due, with a lease of its own. */
    take: (purpose: Purpose = 'reply'): Promise<LeasedRow<DeliveryJob>[]> =>
      leases.take(purpose === 'proactive' ? PROACTIVE_QUEUE : DELIVERY_QUEUE, { limit: MANY, leaseMs: LEASE_MS }),
    /** Ends all leases and pauses, as time does. */
    async later(): Promise<void> {
      await sql`UPDATE deliveries SET due_at = now() WHERE due_at < 'infinity'`.execute(db)
    },
    async age(person: Person, hours: number): Promise<void> {
      await sql`UPDATE deliveries SET owed_at = owed_at - make_interval(hours => ${hours})
                WHERE address = ${person.telegramId}`.execute(db)
    },
    async clear(): Promise<void> {
      await sql`TRUNCATE deliveries CASCADE`.execute(db)
      Object.assign(channel, { sent: [], next: [], awayMs: 0, paceMs: 0 })
      settled.length = 0
      lost.length = 0
      woken = 0
    },
  }
}

/** What of `DeliverDeps` hangs on the database: the text of a delivery is its message's id. */
export function standOn(
  db: Kysely<Database>,
): Pick<DeliverDeps, 'db' | 'leaseDb' | 'attempts' | 'policy' | 'contentOf'> {
  return {
    db,
    leaseDb: db,
    attempts: createAttempts(db),
    policy: POLICY,
    async contentOf({ messageId, part }) {
      const text = `${messageId} ${part}`
      return { kind: 'text', text, part: { start: 0, end: text.length }, replaces: null, buttons: null }
    },
  }
}

export interface Person {
  userId: string
  telegramId: string
}

function obedientChannel(): ObedientChannel {
  const channel: ObedientChannel = {
    name: 'telegram',
    limits: { textMaxLength: 4096, mayEdit: true },
    sent: [],
    next: [],
    awayMs: 0,
    paceMs: 0,
    split: (text) => [{ start: 0, end: text.length }],
    awayForMs: () => channel.awayMs,
    pace: async () => channel.paceMs,
    async send(address, content, attempt) {
      channel.sent.push({ address, text: content.kind === 'text' ? content.text : content.notice.key, attempt })
      const answer = channel.next.shift() ?? { kind: 'sent', externalId: '1' }
      return typeof answer === 'function' ? answer() : answer
    },
    grow: () => ({ show() {}, end: async () => null }),
  }
  return channel
}

async function owe(db: Kysely<Database>, person: Person, purpose: Purpose = 'reply', parts = 1): Promise<void> {
  const { userId, telegramId: address } = person
  const pieces = Array.from({ length: parts }, (_, start) => ({ start, end: start + 1 }))
  const at = { channel: 'telegram', interface: 'bot', address } as const
  await inTransaction(db, (tx) =>
    insertDeliveries(tx, { userId, messageId: randomUUID(), turnId: null, purpose, parts: pieces, ...at }),
  )
}

async function look(db: Kysely<Database>, { telegramId }: Person): Promise<DeliveryLook[]> {
  const { rows } = await sql<DeliveryLook>`
    SELECT state, attempts, last_error AS error,
      CASE WHEN due_at IS NULL THEN 'over' WHEN due_at = 'infinity' THEN 'waits' WHEN due_at <= now() THEN 'now'
           ELSE 'later' END AS due,
      ARRAY(SELECT outcome FROM delivery_attempts a WHERE a.delivery_id = d.id ORDER BY attempt) AS outcomes
    FROM deliveries d WHERE address = ${telegramId} ORDER BY position
  `.execute(db)
  return rows
}
