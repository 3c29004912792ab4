import pg from 'pg'
import type { Credits } from '#contract/api'
import { type BinaryRow, copyRows, microsOf, uuidOf } from '#platform/postgres'
import { noCredits } from './counts.ts'

/** A line of a run as it lies in the target, with what opens it. */
export interface ProvenLine {
  ownerId: string
  userId: string
  hash: Buffer
  expected: number
  /** Null: not one line lies where they should. */
  messageId: string | null
  role: string
  sealedText: Buffer
  atMicros: number
  keyId: string
  wrappedKey: Buffer
}

/** Every line that a run brought and that is still in its place, in the order of the histories, as they come. */
export function linesOfRun(client: pg.ClientBase, runId: string): LineStream {
  const rows = copyRows(
    client,
    `SELECT owner_id, user_id, hash, expected, message_id, role, sealed_text, created_at, key_id, wrapped_key
     FROM proof_lines(${pg.escapeLiteral(runId)}) ORDER BY user_id, owner_id, seq`,
  )
  return {
    next() {
      const row = rows.next()
      return row instanceof Promise ? row.then(fromRow) : fromRow(row)
    },
  }
}

export interface LineStream {
  /** Null behind the last one; a promise only where PostgreSQL has to be waited for. */
  next(): Promise<ProvenLine | null> | ProvenLine | null
}

const EMPTY = Buffer.alloc(0)

function fromRow(row: BinaryRow | null): ProvenLine | null {
  if (!row) return null
  const [ownerId, userId, hash, expected, id, role, sealedText, at, keyId, wrappedKey] = row
  return {
    ownerId: uuidOf(ownerId ?? EMPTY),
    userId: uuidOf(userId ?? EMPTY),
    hash: hash ?? EMPTY,
    expected: Number(expected?.readBigInt64BE() ?? 0),
    messageId: id ? uuidOf(id) : null,
    role: role?.toString() ?? '',
    sealedText: sealedText ?? EMPTY,
    atMicros: at ? microsOf(at) : 0,
    keyId: uuidOf(keyId ?? EMPTY),
    wrappedKey: wrappedKey ?? EMPTY,
  }
}

/** What lies in the target for a run. */
export interface Standing {
  /** Users that were made, whatever became of them. */
  users: number
  /** Of everybody to whom something was brought, those who live and have not exactly one active talk. */
  withoutOneTalk: number
  /** Of those the ones that have nothing to sign in with. */
  withoutLogin: number
  /** Whose books or balance do not say what was read of them. */
  creditsDiffering: string[]
  /** Lines that are not in their place any more as their users were joined with others. */
  linesJoined: number
  booked: Credits
}

export async function readStanding(client: pg.ClientBase, runId: string): Promise<Standing> {
  const { rows } = await client.query<StandingRow>('SELECT * FROM proof_standing($1)', [runId])
  const { rows: differing } = await client.query<{ id: string }>('SELECT proof_of_credits($1) AS id', [runId])
  const { rows: sums } = await client.query<{ type: keyof Credits; amount: number }>('SELECT * FROM proof_booked($1)', [
    runId,
  ])
  const booked = noCredits()
  for (const { type, amount } of sums) booked[type] = amount
  const [found] = rows
  return {
    users: found?.users ?? 0,
    withoutOneTalk: found?.without_one_talk ?? 0,
    withoutLogin: found?.without_login ?? 0,
    creditsDiffering: differing.map(({ id }) => id),
    linesJoined: found?.lines_joined ?? 0,
    booked,
  }
}

interface StandingRow {
  users: number
  without_one_talk: number
  without_login: number
  lines_joined: number
}

/** Of these users those who have left no trace here of their own. */
export async function withoutTraces(client: pg.ClientBase, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('SELECT without_traces($1::uuid[]) AS id', [[...userIds]])
  return rows.map(({ id }) => id)
}
