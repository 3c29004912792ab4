import { sql } from 'kysely'
import type { TurnState } from '#contract/words'
import type { Executor } from '#platform/postgres'
import { type EndedTurn, KEPT_FOR_A_CHOICE, KEPT_HOURS, type Turn } from './turn.ts'

/** The turn under this lease, or null when somebody else has it or it is over. */
export async function readLeasedTurn(db: Executor, id: string, leaseToken: number): Promise<Turn | null> {
  return one(sql`SELECT * FROM turns WHERE id = ${id} AND lease_token = ${leaseToken} AND due_at IS NOT NULL`, db)
}

/** One of the user's own turns, or null. */
export async function findTurn(db: Executor, userId: string, id: string): Promise<Turn | null> {
  return one(sql`SELECT * FROM turns WHERE id = ${id} AND user_id = ${userId}`, db)
}

/** Turns of a conversation that are still queued or running. */
export async function openTurns(db: Executor, userId: string, conversationId: string): Promise<Turn[]> {
  return many(
    sql`SELECT * FROM turns WHERE user_id = ${userId} AND conversation_id = ${conversationId} AND due_at IS NOT NULL`,
    db,
  )
}

/** Every turn of these users that is queued or running, wherever it is answered. */
export async function openTurnsOf(db: Executor, userIds: readonly string[]): Promise<Turn[]> {
  return many(
    sql`SELECT * FROM turns WHERE user_id = ANY(${[...userIds]}::uuid[]) AND due_at IS NOT NULL ORDER BY message_seq`,
    db,
  )
}

/** Turns of a user that are still queued or running and answered at this address. */
export async function openTurnsAt(
  db: Executor,
  { userId, channel, address }: { userId: string; channel: string; address: string },
): Promise<Turn[]> {
  return many(
    sql`SELECT * FROM turns WHERE user_id = ${userId} AND channel = ${channel} AND address = ${address}
        AND due_at IS NOT NULL ORDER BY message_seq`,
    db,
  )
}

/** Kept messages lose this address: if they are answered after all, then in the history alone. */
export async function dropKeptAddress(
  tx: Executor,
  { userId, channel, address }: { userId: string; channel: string; address: string },
): Promise<void> {
  await sql`
    UPDATE turns SET address = NULL
    WHERE user_id = ${userId} AND channel = ${channel} AND address = ${address} AND state = 'unpaid'
  `.execute(tx)
}

/** How turns stand, by id, for the history beside them. */
export async function turnStates(
  db: Executor,
  userId: string,
  ids: string[],
): Promise<Map<string, Pick<Turn, 'id' | 'state' | 'code'>>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Pick<Turn, 'id' | 'state' | 'code'>>`
    SELECT id, state, code FROM turns WHERE id = ANY(${ids}::uuid[]) AND user_id = ${userId}
  `.execute(db)
  return new Map(rows.map((turn) => [turn.id, turn]))
}

/** Turns by id. */
export async function turnsById(db: Executor, userId: string, ids: string[]): Promise<Map<string, Turn>> {
  const turns = await many(sql`SELECT * FROM turns WHERE user_id = ${userId} AND id = ANY(${ids}::uuid[])`, db)
  return new Map(turns.map((turn) => [turn.id, turn]))
}

/** What no prompt is given, and where somebody was in danger. */
export interface LeftOut {
  /** Messages whose turns wait for credits or a choice, what was refused, and what the product said in a companion's place. */
  messageIds: Set<string>
  /** Turns that were answered with help lines. */
  crisisTurnIds: Set<string>
}

/** What of a user's history is not for a model. */
export async function readLeftOut(db: Executor, userId: string): Promise<LeftOut> {
  const { rows } = await sql<{ id: string; message_id: string; reply_message_id: string | null; code: string | null }>`
    SELECT id, message_id, NULL AS reply_message_id, NULL AS code FROM turns WHERE user_id = ${userId} AND state = 'unpaid'
    UNION ALL
    SELECT id, message_id, reply_message_id, code FROM turns
      WHERE user_id = ${userId} AND state = 'done' AND code IS NOT NULL
  `.execute(db)
  const crises = rows.filter(({ code }) => code === 'crisis')
  const questions = rows.filter(({ code }) => code !== 'crisis').map((row) => row.message_id)
  const answers = rows.flatMap((row) => row.reply_message_id ?? [])
  return { messageIds: new Set([...questions, ...answers]), crisisTurnIds: new Set(crises.map(({ id }) => id)) }
}

/** The messages among them. */
export async function keptMessageIds(db: Executor, userId: string): Promise<Set<string>> {
  return (await readLeftOut(db, userId)).messageIds
}

/** A turn that was answered by the product costs nothing; its hold, if any, is released before. */
export async function makeFree(tx: Executor, id: string): Promise<void> {
  await sql`UPDATE turns SET price_amount = 0 WHERE id = ${id}`.execute(tx)
}

/** All turns of a user that are still queued or running, but this one. */
export async function otherOpenTurns(db: Executor, userId: string, id: string): Promise<Turn[]> {
  return many(sql`SELECT * FROM turns WHERE user_id = ${userId} AND due_at IS NOT NULL AND id <> ${id}`, db)
}

/** The latest message of a conversation that waits for credits or for another day; null without one. */
export async function latestUnpaid(db: Executor, userId: string, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM turns WHERE user_id = ${userId} AND conversation_id = ${conversationId} AND state = 'unpaid'
    ORDER BY message_seq DESC LIMIT 1
  `.execute(db)
  return rows[0]?.id ?? null
}

/** The latest message kept for a choice within the last day; older ones are given up. */
export async function takeKeptForChoice(tx: Executor, userId: string): Promise<Turn | null> {
  const kept = await many(
    sql`SELECT * FROM turns WHERE user_id = ${userId} AND state = 'unpaid' AND code = ANY(${[...KEPT_FOR_A_CHOICE]}::text[])
        ORDER BY message_seq DESC`,
    tx,
  )
  const { rows: young } = await sql<{ id: string }>`
    SELECT id FROM turns WHERE id = ANY(${kept.map((turn) => turn.id)}::uuid[])
      AND created_at > now() - make_interval(hours => ${KEPT_HOURS})
  `.execute(tx)
  const latest = kept.find((turn) => young.some((row) => row.id === turn.id)) ?? null
  for (const turn of kept) if (turn !== latest) await endTurn(tx, turn.id, 'cancelled', 'superseded')
  return latest
}

/** What a worker knows of a turn it has leased. */
export type LeasedTurn = Pick<Turn, 'id' | 'userId' | 'leaseToken'>

/** Marks a leased turn as being written and reads it; null when the lease is lost. */
export async function markRunning(tx: Executor, turn: LeasedTurn): Promise<Turn | null> {
  return one(
    sql`UPDATE turns SET state = 'running' WHERE id = ${turn.id} AND lease_token = ${turn.leaseToken}
        AND due_at IS NOT NULL RETURNING *`,
    tx,
  )
}

/** Ends a turn for good; the caller settles its hold and wakes its lane. Gives the seconds since it was queued. */
export async function endTurn(
  tx: Executor,
  id: string,
  state: EndedTurn['state'],
  code: string | null,
  replyMessageId: string | null = null,
): Promise<number> {
  const { rows } = await sql<{ took_seconds: number }>`
    UPDATE turns SET state = ${state}, code = ${code}, reply_message_id = ${replyMessageId}, due_at = NULL,
                     finished_at = clock_timestamp()
    WHERE id = ${id}
    RETURNING extract(epoch FROM finished_at - queued_at)::float8 AS took_seconds
  `.execute(tx)
  return rows[0]?.took_seconds ?? 0
}

/** Whether somebody asked to stop this turn, or it is over already. */
export async function isStopped(db: Executor, turn: Turn): Promise<boolean> {
  const { rows } = await sql<{ goes_on: boolean }>`
    SELECT cancel_requested_at IS NULL AS goes_on FROM turns WHERE id = ${turn.id} AND lease_token = ${turn.leaseToken}
      AND due_at IS NOT NULL
  `.execute(db)
  return rows[0]?.goes_on !== true
}

/** Whether nobody will answer this turn any more. */
export async function isOver(db: Executor, id: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`SELECT due_at IS NOT NULL AS open FROM turns WHERE id = ${id}`.execute(
    db,
  )
  return rows[0]?.open !== true
}

/** Remembers what stands in for the growing reply in the chat. */
export async function keepPreview(db: Executor, turn: LeasedTurn, previewId: string): Promise<void> {
  await sql`
    UPDATE turns SET preview_id = ${previewId} WHERE id = ${turn.id} AND lease_token = ${turn.leaseToken}
  `.execute(db)
}

/** Asks the worker who writes this reply to stop. */
export async function requestCancel(tx: Executor, id: string): Promise<void> {
  await sql`UPDATE turns SET cancel_requested_at = coalesce(cancel_requested_at, now()) WHERE id = ${id}`.execute(tx)
}

/** Queues a turn that is not open, with its price held by the caller under `turn.round`. */
export async function requeueTurn(tx: Executor, turn: Turn): Promise<void> {
  await sql`
    UPDATE turns SET state = 'queued', code = NULL, round = ${turn.round}, conversation_id = ${turn.conversationId},
      address = ${turn.address}, price_type = ${turn.priceType}, price_amount = ${turn.priceAmount},
      lease_attempts = 0, finished_at = NULL, preview_id = NULL, queued_at = clock_timestamp(),
      cancel_requested_at = NULL, lease_token = lease_token + 1, due_at = queue_turn(${turn.userId}, ${turn.interface})
    WHERE id = ${turn.id}
  `.execute(tx)
}

/** Keeps a turn for the person with another reason. */
export async function keepTurn(tx: Executor, turn: Turn, code: string): Promise<void> {
  await sql`
    UPDATE turns SET state = 'unpaid', code = ${code}, conversation_id = ${turn.conversationId},
      price_type = ${turn.priceType}, price_amount = ${turn.priceAmount}, due_at = NULL WHERE id = ${turn.id}
  `.execute(tx)
}

/** How many turns wait in a lane. */
export async function countWaiting(tx: Executor, turn: Pick<Turn, 'userId' | 'interface'>): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    SELECT count(*)::integer AS waiting FROM turns
    WHERE user_id = ${turn.userId} AND interface = ${turn.interface} AND due_at IS NOT NULL AND state = 'queued'
  `.execute(tx)
  return rows[0]?.waiting ?? 0
}

/** The lane's next turn becomes due, unless one is due or running. The user's row is locked, so nobody adds one meanwhile. */
export async function wakeTurnLane(tx: Executor, turn: Pick<Turn, 'userId' | 'interface'>): Promise<void> {
  await sql`
    UPDATE turns SET due_at = now() WHERE due_at = 'infinity' AND id = (
      SELECT id FROM turns WHERE user_id = ${turn.userId} AND interface = ${turn.interface} AND due_at IS NOT NULL
      ORDER BY message_seq LIMIT 1
    ) AND NOT EXISTS (
      SELECT 1 FROM turns WHERE user_id = ${turn.userId} AND interface = ${turn.interface} AND due_at < 'infinity'
    )
  `.execute(tx)
}

interface TurnRow {
  id: string
  user_id: string
  conversation_id: string | null
  message_id: string
  message_seq: number
  channel: Turn['channel']
  interface: Turn['interface']
  address: string | null
  state: TurnState
  code: string | null
  price_type: Turn['priceType']
  price_amount: number
  round: number
  cancel_requested_at: Date | null
  preview_id: string | null
  lease_token: number
  lease_attempts: number
}

async function one(query: ReturnType<typeof sql>, db: Executor): Promise<Turn | null> {
  return (await many(query, db))[0] ?? null
}

async function many(query: ReturnType<typeof sql>, db: Executor): Promise<Turn[]> {
  const { rows } = await query.execute(db)
  return (rows as TurnRow[]).map((row) => ({
    id: row.id,
    userId: row.user_id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    messageSeq: row.message_seq,
    channel: row.channel,
    interface: row.interface,
    address: row.address,
    state: row.state,
    code: row.code,
    priceType: row.price_type,
    priceAmount: row.price_amount,
    round: row.round,
    cancelRequested: row.cancel_requested_at !== null,
    previewId: row.preview_id,
    leaseToken: row.lease_token,
    leaseAttempts: row.lease_attempts,
  }))
}
