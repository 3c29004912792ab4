import { sql } from 'kysely'
import type { Offer } from '#contract/api'
import { granted, type Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'

/** More than one page of the history of the balance. */
const ENTRIES = 70
const REPLIES_BETWEEN_REFUNDS = 9
/** Where the reader's page is: the days are theirs. */
export const READERS_ZONE = 'Asia/Omsk'
const TOO_OLD_DAYS = 31
const YOUNG_DAYS = 6

/** An active conversation, an archived one that can be brought back, and one that is too old for that. */
export async function giveConversations({ database }: World, person: Person): Promise<void> {
  const { id: old } = await person.startConversation('cassandra')
  const { id: young } = await person.startConversation('arina')
  await person.startConversation('arina')
  const age = (id: string, days: number) =>
    sql`
    UPDATE conversations SET started_at = started_at - make_interval(days => ${days}::integer),
      archived_at = archived_at - make_interval(days => ${days}::integer)
    WHERE id = ${id}
  `.execute(database.db)
  await age(old, TOO_OLD_DAYS)
  await age(young, YOUNG_DAYS)
}

/** Replies that were paid and refunded, each day before today alike: the balance ends where it was. */
export async function giveEntries({ database }: World, person: Person): Promise<void> {
  const { user } = await person.me()
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key, created_at)
    SELECT ${user.id}, 'basic', CASE WHEN back THEN ${REPLIES_BETWEEN_REFUNDS}::integer ELSE 1 END,
      CASE WHEN back THEN 'house' ELSE 'available' END, CASE WHEN back THEN 'available' ELSE 'house' END,
      CASE WHEN back THEN 'refund' ELSE 'hold' END, 'past:' || number,
      (date_trunc('day', now() AT TIME ZONE ${READERS_ZONE}) - make_interval(days => (${ENTRIES}::integer - number) / a_day + 1)
        + make_interval(hours => 12, mins => number % a_day + a_day * (number % a_day = 0)::integer)) AT TIME ZONE ${READERS_ZONE}
    FROM generate_series(1, ${ENTRIES}::integer) number, LATERAL (SELECT ${REPLIES_BETWEEN_REFUNDS}::integer + 1 AS a_day) days,
      LATERAL (SELECT number % a_day = 0 AS back) kind
  `.execute(database.db)
}

/** The monthly subscription, bought by this person of the sandbox's Telegram. */
export async function giveSubscription({ sandbox }: World, person: Person, telegramId: number): Promise<void> {
  const { offers } = granted(await person.client.call<{ offers: Offer[] }>('/api/offers'))
  const offerId = offers.find(({ kind }) => kind === 'subscription')?.id
  const invoice = await person.client.call<{ invoiceUrl: string }>('/api/payments/invoices', { body: { offerId } })
  await sandbox.telegram.pay(telegramId, granted(invoice, 201).invoiceUrl)
  await waitFor(
    async () => granted(await person.client.call<{ subscription: unknown }>('/api/subscription')).subscription,
    {
      what: 'the subscription',
    },
  )
}

/** Owes what was refunded after it had been spent. */
export async function giveDebt({ database }: World, person: Person): Promise<void> {
  const { user } = await person.me()
  await sql`
    WITH owed AS (
      INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
      VALUES (${user.id}, 'cassandra', 30, 'debt', 'house', 'claw_back', 'claw_back:past:cassandra:debt')
      RETURNING user_id, type, amount
    )
    UPDATE credit_balances b SET debt = debt + owed.amount FROM owed
    WHERE b.user_id = owed.user_id AND b.type = owed.type
  `.execute(database.db)
}
