import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { InitiativeKind, SkipReason } from './kinds.ts'

/** Whose zone is not known is taken to be at home where most are. */
export const ZONE_UNKNOWN = 'Europe/Moscow'
/** Whoever wrote so lately is talking: what they did not ask for would come between. */
export const TALKING_MINUTES = 10

/** What an installation allows (contract section 2). */
export interface MannersOptions {
  /** `HH:MM-HH:MM` or `none`, for whoever has not chosen. */
  quietHours: string
  /** How many a day somebody hears that they did not ask for. */
  dailyCap: number
}

/** `say`: the chat to say it in; `wait`: it may be said then, not before. */
export type Verdict =
  | { say: { address: string; conversationId: string | null } }
  | { skip: SkipReason }
  | { wait: Date; because: SkipReason }

/** One look at all the rules; see `manners_of` in proactive.sql. */
export interface MannersRow {
  address: string
  conversation_id: string | null
  reason: SkipReason | null
  wait_until: Date | null
}

/**
 * Whether this user may be written to now, by every rule at once: only in a messenger chat that can be reached; what
 * was not asked for only with a yes, outside of quiet hours, so often a day, and not while the person is talking. The
 * caller holds the user's row lock. Null when there is no such user.
 */
export async function judge(
  tx: Executor,
  { userId, kind }: { userId: string; kind: InitiativeKind },
  { quietHours, dailyCap }: MannersOptions,
): Promise<Verdict | null> {
  const { rows } = await sql<MannersRow>`
    SELECT address, conversation_id, reason, wait_until
    FROM manners_of(${userId}, ${kind}, ${quietHours}, ${dailyCap}, ${ZONE_UNKNOWN}, ${TALKING_MINUTES})
  `.execute(tx)
  return rows[0] ? toVerdict(rows[0]) : null
}

export function toVerdict({ address, conversation_id: conversationId, reason, wait_until }: MannersRow): Verdict {
  if (reason === null) return { say: { address, conversationId } }
  return wait_until ? { wait: wait_until, because: reason } : { skip: reason }
}
