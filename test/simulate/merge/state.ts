import { sql } from 'kysely'
import type { CreditType, TurnState } from '#contract/words'
import { messagePlace } from '#domain/conversations'
import type { Rooms } from '../../harness/rooms.ts'

/** A line with its text in the clear; opening it proves that its user has the key. */
export interface Line {
  userId: string
  seq: number
  id: string
  conversationId: string | null
  turnId: string | null
  role: 'user' | 'assistant' | 'system'
  channel: string
  interface: string
  contentType: string
  text: string
  /** Microseconds. */
  at: number
}

export interface TurnOfState {
  id: string
  userId: string
  conversationId: string | null
  messageId: string
  messageSeq: number
  interface: string
  state: TurnState
  priceType: CreditType | null
  priceAmount: number
  round: number
  replyMessageId: string | null
  leaseToken: number
  /** Null for a turn that is over. */
  due: 'now' | 'held' | 'waits' | null
}

export interface ConversationOfState {
  userId: string
  id: string
  personaId: string
  storyId: string | null
  active: boolean
  hidden: boolean
  startedAt: number
  archivedAt: number | null
}

export type Account = 'available' | 'held' | 'debt'

interface Owned {
  userId: string
}

/** All that is kept about some users, tombstones among them. */
export interface State {
  users: {
    id: string
    mergedInto: string | null
    seqBase: number
    lastSeq: number
    adultAt: number | null
    timezone: string | null
    locale: string
  }[]
  lines: Line[]
  turns: TurnOfState[]
  conversations: ConversationOfState[]
  balances: ({ userId: string; type: CreditType } & Record<Account, number>)[]
  ledger: {
    userId: string
    type: CreditType
    amount: number
    from: Account | 'house'
    to: Account | 'house'
    reason: string
    turnId: string | null
  }[]
  receipts: (Owned & { key: string; messageId: string | null })[]
  deliveries: (Owned & { id: string; messageId: string | null; channel: string; interface: string })[]
  reports: (Owned & { turnId: string })[]
  keys: (Owned & { id: string; wrapped: string })[]
  identities: (Owned & { id: string; channel: string })[]
}

type SealedState = Omit<State, 'lines'> & { lines: (Omit<Line, 'text'> & { sealed: string })[] }

/** One statement, so that it is one moment. */
export async function readState({ db, vault }: Rooms, userIds: readonly string[]): Promise<State> {
  const { rows } = await sql<{ state: SealedState }>`
    WITH whose AS (SELECT * FROM unnest(${[...userIds]}::uuid[]) AS user_id),
      line AS MATERIALIZED (SELECT m.* FROM messages m JOIN whose USING (user_id))
    SELECT json_build_object(
      'users', ${all(sql`
        SELECT u.id, merged_into AS "mergedInto", seq_base AS "seqBase", last_seq AS "lastSeq", timezone, locale,
          ${micros('adult_confirmed_at')} AS "adultAt" FROM users u JOIN whose ON user_id = u.id`)},
      'lines', ${all(sql`
        SELECT user_id AS "userId", seq, id, conversation_id AS "conversationId", turn_id AS "turnId", role, channel,
          interface, content_type AS "contentType", encode(sealed_text, 'base64') AS sealed, ${micros('created_at')} AS at
        FROM line ORDER BY user_id, seq`)},
      'turns', ${all(sql`
        SELECT t.id, t.user_id AS "userId", t.conversation_id AS "conversationId", message_id AS "messageId",
          message_seq AS "messageSeq", interface, state, price_type AS "priceType", price_amount AS "priceAmount", round,
          reply_message_id AS "replyMessageId", lease_token AS "leaseToken",
          CASE WHEN due_at = 'infinity' THEN 'waits' WHEN due_at > now() THEN 'held' WHEN due_at IS NOT NULL THEN 'now' END AS due
        FROM turns t WHERE t.id = ANY(ARRAY(SELECT turn_id FROM line))`)},
      'conversations', ${all(sql`
        SELECT user_id AS "userId", id, persona_id AS "personaId", story_id AS "storyId", status = 'active' AS active,
          joined_into IS NOT NULL AS hidden, ${micros('started_at')} AS "startedAt",
          ${micros('archived_at')} AS "archivedAt" FROM conversations JOIN whose USING (user_id)`)},
      'balances', ${all(sql`
        SELECT user_id AS "userId", type, available, held, debt FROM credit_balances JOIN whose USING (user_id)`)},
      'ledger', ${all(sql`
        SELECT user_id AS "userId", type, amount, from_account AS from, to_account AS to, reason, turn_id AS "turnId"
        FROM ledger_transfers JOIN whose USING (user_id) ORDER BY id`)},
      'receipts', ${all(sql`
        SELECT user_id AS "userId", key, message_id AS "messageId" FROM receipts JOIN whose USING (user_id)`)},
      'deliveries', ${all(sql`
        SELECT user_id AS "userId", id, message_id AS "messageId", channel, interface FROM deliveries JOIN whose USING (user_id)
        WHERE message_id IS NOT NULL
        UNION ALL SELECT user_id, id, NULL, channel, interface FROM deliveries JOIN whose USING (user_id) WHERE notice IS NOT NULL`)},
      'reports', ${all(sql`SELECT user_id AS "userId", turn_id AS "turnId" FROM reply_reports JOIN whose USING (user_id)`)},
      'keys', ${all(sql`
        SELECT user_id AS "userId", id, encode(wrapped_key, 'base64') AS wrapped FROM user_keys JOIN whose USING (user_id)`)},
      'identities', ${all(sql`SELECT user_id AS "userId", id, channel FROM identities JOIN whose USING (user_id)`)}
    ) AS state
  `.execute(db)
  const row = rows[0]
  if (!row) throw new Error('a state did not come back')
  return open(vault, row.state)
}

function all(query: ReturnType<typeof sql>) {
  return sql`(SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (${query}) AS x)`
}

function micros(column: string) {
  return sql`(extract(epoch FROM ${sql.ref(column)}) * 1000000)::bigint`
}

function open(vault: Rooms['vault'], state: SealedState): State {
  const keys = new Map(
    state.keys.map(({ userId, id, wrapped }) => [
      id,
      { userId, key: vault.unwrap(id, Buffer.from(wrapped, 'base64')) },
    ]),
  )
  const lines = state.lines.map(({ sealed, ...line }) => {
    const envelope = Buffer.from(sealed, 'base64')
    const by = keys.get(vault.keyIdOf(envelope))
    if (by?.userId !== line.userId) throw new Error(`line ${line.id} is sealed by a key that is not its user's`)
    return { ...line, text: vault.open(by.key, messagePlace(line.id), envelope) }
  })
  return { ...state, lines }
}

/** What of a list is this user's. */
export function of<T extends Owned>(list: readonly T[], userId: string): T[] {
  return list.filter((one) => one.userId === userId)
}

export function userIn({ users }: State, id: string): State['users'][number] {
  const user = users.find((one) => one.id === id)
  if (!user) throw new Error(`user ${id} is not there`)
  return user
}

/** The credits of a type on one account, in all books of a state or in one user's. */
export function sumOf({ balances }: State, account: Account, type: CreditType, userId?: string): number {
  return balances
    .filter((row) => row.type === type && (userId === undefined || row.userId === userId))
    .reduce((sum, row) => sum + row[account], 0)
}
