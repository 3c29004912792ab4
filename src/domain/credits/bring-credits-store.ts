import type pg from 'pg'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { startCopy } from '#platform/postgres'

type Client = Pick<pg.ClientBase, 'query'>

/** What somebody had in another system, none of it negative. */
export interface BroughtCredits {
  userId: string
  credits: Credits
  /** The same key is booked once: `migration:<run>:<user>`. */
  businessKey: string
  /** Of each of their identities, so that none brings a welcome gift once more. */
  identityHashes: Buffer[]
}

/** Opens the books of users who are new here, by COPY in the transaction of the connection. */
export async function bringCredits(client: pg.ClientBase, brought: readonly BroughtCredits[]): Promise<void> {
  const transfers = startCopy(client, TRANSFERS)
  for (const { userId, credits, businessKey } of brought) {
    for (const type of CREDIT_TYPES) {
      if (credits[type] === 0) continue
      await transfers.write([userId, type, credits[type], 'house', 'available', 'migration', `${businessKey}:${type}`])
    }
  }
  await transfers.end()
  const balances = startCopy(client, BALANCES)
  for (const { userId, credits } of brought) {
    for (const type of CREDIT_TYPES) await balances.write([userId, type, credits[type]])
  }
  await balances.end()
  await noWelcomeFor(
    client,
    brought.flatMap(({ identityHashes }) => identityHashes),
  )
}

/** These identities bring no welcome gift any more. */
export async function noWelcomeFor(client: Client, identityHashes: readonly Buffer[]): Promise<void> {
  await client.query(
    'INSERT INTO welcome_grants (identity_hash) SELECT DISTINCT hash FROM unnest($1::bytea[]) AS hash ON CONFLICT DO NOTHING',
    [[...identityHashes]],
  )
}

const TRANSFERS = {
  table: 'ledger_transfers',
  columns: {
    user_id: 'uuid',
    type: 'text',
    amount: 'int4',
    from_account: 'text',
    to_account: 'text',
    reason: 'text',
    business_key: 'text',
  },
} as const

const BALANCES = {
  table: 'credit_balances',
  columns: { user_id: 'uuid', type: 'text', available: 'int4' },
} as const

/**
 * Books what came to somebody's credits, or went from them, in the old system since they were brought; what is not here
 * any more cannot be taken, nor what is more than anybody can have. The caller has locked the user. How much of each was booked.
 */
export async function bringDifference(
  client: Client,
  { userId, difference, businessKey }: { userId: string; difference: Credits; businessKey: string },
): Promise<Credits> {
  const booked: Credits = { basic: 0, pro: 0, cassandra: 0 }
  for (const type of CREDIT_TYPES) {
    if (difference[type] === 0) continue
    const { rows } = await client.query<{ booked: number }>(
      `WITH before AS (
         SELECT coalesce((SELECT available FROM credit_balances WHERE user_id = $1 AND type = $2), 0) AS available
       ), moved AS (
         SELECT least(greatest($3::bigint, -available), 2147483647 - available)::integer AS amount FROM before
       ), entry AS (
         INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
         SELECT $1, $2, abs(amount), CASE WHEN amount > 0 THEN 'house' ELSE 'available' END,
           CASE WHEN amount > 0 THEN 'available' ELSE 'house' END, 'migration', $4
         FROM moved WHERE amount <> 0
       )
       INSERT INTO credit_balances AS b (user_id, type, available) SELECT $1, $2, greatest(amount, 0) FROM moved
       ON CONFLICT (user_id, type) DO UPDATE SET available = b.available + (SELECT amount FROM moved)
       RETURNING (SELECT amount FROM moved) AS booked`,
      [userId, type, difference[type], `${businessKey}:${type}`],
    )
    booked[type] = rows[0]?.booked ?? 0
  }
  return booked
}

/**
 * Takes back what `bringDifference` booked under this key. The caller has locked the user. False, and nothing is
 * changed, when some of it has been spent.
 */
export async function takeBackDifference(
  client: Client,
  { userId, businessKey }: { userId: string; businessKey: string },
): Promise<boolean> {
  const keys = CREDIT_TYPES.map((type) => `${businessKey}:${type}`)
  const { rows } = await client.query<{ short: boolean }>(
    `SELECT coalesce(bool_or(b.available < t.amount), false) AS short
     FROM ledger_transfers t JOIN credit_balances b ON b.user_id = t.user_id AND b.type = t.type
     WHERE t.user_id = $1 AND t.business_key = ANY($2) AND t.to_account = 'available'`,
    [userId, keys],
  )
  if (rows[0]?.short) return false
  await client.query(
    `WITH gone AS (DELETE FROM ledger_transfers WHERE user_id = $1 AND business_key = ANY($2) RETURNING *)
     UPDATE credit_balances b
     SET available = b.available + CASE WHEN gone.to_account = 'available' THEN -gone.amount ELSE gone.amount END
     FROM gone WHERE b.user_id = $1 AND b.type = gone.type`,
    [userId, keys],
  )
  return true
}

/** Of these users those with whom nothing was booked but what was brought. */
export async function neverBooked(client: Client, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM unnest($1::uuid[]) AS brought(id)
     WHERE NOT EXISTS (SELECT FROM ledger_transfers t WHERE t.user_id = brought.id AND t.reason <> 'migration')`,
    [[...userIds]],
  )
  return rows.map(({ id }) => id)
}

/** What these identities stood for is theirs again. */
export async function takeBackWelcome(client: Client, identityHashes: readonly Buffer[]): Promise<void> {
  await client.query('DELETE FROM welcome_grants WHERE identity_hash = ANY($1::bytea[])', [[...identityHashes]])
}

/** Closes the books of users whom nobody has met, and gives back the welcome that their identities stood for. */
export async function takeBackBooks(
  client: Client,
  { userIds, identityHashes }: { userIds: readonly string[]; identityHashes: readonly Buffer[] },
): Promise<void> {
  await client.query('DELETE FROM ledger_transfers WHERE user_id = ANY($1::uuid[])', [[...userIds]])
  await client.query('DELETE FROM credit_balances WHERE user_id = ANY($1::uuid[])', [[...userIds]])
  await client.query('DELETE FROM welcome_grants WHERE identity_hash = ANY($1::bytea[])', [[...identityHashes]])
}
