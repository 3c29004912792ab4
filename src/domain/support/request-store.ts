import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

export type RequestState = 'open' | 'answered' | 'closed'

/** A request as it lies in the database. */
export interface SealedRequest {
  id: string
  userId: string
  /** The chat in which it was asked. */
  address: string
  sealedText: Buffer
  sealedAnswer: Buffer | null
  state: RequestState
  createdAt: Date
  answeredAt: Date | null
  closedAt: Date | null
}

interface RequestRow {
  id: string
  user_id: string
  address: string
  sealed_text: Buffer
  sealed_answer: Buffer | null
  state: RequestState
  created_at: Date
  answered_at: Date | null
  closed_at: Date | null
}

const COLUMNS = sql`id, user_id, address, sealed_text, sealed_answer, state, created_at, answered_at, closed_at`

export async function insertRequest(
  tx: Executor,
  { id, userId, address, sealedText }: { id: string; userId: string; address: string; sealedText: Buffer },
): Promise<void> {
  await sql`
    INSERT INTO support_requests (user_id, id, address, sealed_text)
    VALUES (${userId}, ${id}, ${address}, ${sealedText})
  `.execute(tx)
}

/** How many of the user's requests nobody has answered yet. */
export async function countOpen(tx: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM support_requests WHERE user_id = ${userId} AND state = 'open'
  `.execute(tx)
  return rows[0]?.count ?? 0
}

export async function findRequest(db: Executor, id: string): Promise<SealedRequest | null> {
  const { rows } = await sql<RequestRow>`SELECT ${COLUMNS} FROM support_requests WHERE id = ${id}`.execute(db)
  return rows[0] ? toRequest(rows[0]) : null
}

/** Oldest first; `after`: the id of the last one seen. At most `limit` + 1. */
export async function readRequests(
  db: Executor,
  { state, after, limit }: { state: RequestState; after: string | null; limit: number },
): Promise<SealedRequest[]> {
  const { rows } = await sql<RequestRow>`
    SELECT ${COLUMNS} FROM support_requests
    WHERE state = ${state} AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${limit + 1}
  `.execute(db)
  return rows.map(toRequest)
}

/** All requests of one user, oldest first. */
export async function requestsOfUser(db: Executor, userId: string): Promise<SealedRequest[]> {
  const { rows } = await sql<RequestRow>`
    SELECT ${COLUMNS} FROM support_requests WHERE user_id = ${userId} ORDER BY id
  `.execute(db)
  return rows.map(toRequest)
}

export async function writeAnswer(tx: Executor, id: string, sealedAnswer: Buffer): Promise<void> {
  await sql`
    UPDATE support_requests SET sealed_answer = ${sealedAnswer}, state = 'answered', answered_at = clock_timestamp()
    WHERE id = ${id}
  `.execute(tx)
}

/** Whether there is such a request; a closed one stays as it is. */
export async function closeRow(tx: Executor, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    UPDATE support_requests SET state = 'closed', closed_at = coalesce(closed_at, clock_timestamp())
    WHERE id = ${id} RETURNING id
  `.execute(tx)
  return rows.length > 0
}

/** Hands requests over: all of them, or only these; gives their ids. */
export async function moveRequests(
  tx: Executor,
  {
    from,
    to,
    mergedFrom,
    only,
  }: { from: string; to: string; mergedFrom: string | null; only: readonly string[] | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE support_requests SET user_id = ${to}, merged_from = ${mergedFrom}::uuid
    WHERE user_id = ${from} AND (${only === null} OR id = ANY(${[...(only ?? [])]}::uuid[])) RETURNING id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

function toRequest(row: RequestRow): SealedRequest {
  return {
    id: row.id,
    userId: row.user_id,
    address: row.address,
    sealedText: row.sealed_text,
    sealedAnswer: row.sealed_answer,
    state: row.state,
    createdAt: row.created_at,
    answeredAt: row.answered_at,
    closedAt: row.closed_at,
  }
}
