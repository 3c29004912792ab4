import { sql } from 'kysely'
import type { Queue } from '#platform/leases'
import type { Executor } from '#platform/postgres'

/** A talk is read again after this many replies, or when it has paused for so long. */
const REPLIES_BEFORE_DIGEST = 8
const PAUSE_BEFORE_DIGEST_SECONDS = 180
/** After the person has forgotten something: time to forget the next before all is written anew. */
const REWRITE_AFTER_SECONDS = 20

export interface MemoryJob {
  user_id: string
  conversation_id: string
}

/** What `platform/leases` needs to know about memories: the row is the job. */
export const MEMORY_QUEUE: Queue<MemoryJob> = {
  table: 'memories',
  key: ['user_id', 'conversation_id'],
  columns: [],
}

/** Topic that wakes the workers who read talks. */
export const MEMORY_TOPIC = 'wake:memories'

/** When a row with `waiting` unread replies is due. */
const dueFor = (waiting: ReturnType<typeof sql>) => sql`CASE
  WHEN ${waiting} >= ${REPLIES_BEFORE_DIGEST}::integer THEN now()
  WHEN ${waiting} > 0 THEN now() + make_interval(secs => ${PAUSE_BEFORE_DIGEST_SECONDS}::integer) END`

/**
 * A reply was written: there is something to read. A row under lease, or waiting after a failure, keeps its time. The
 * caller holds the user's row lock.
 */
export async function noteReply(tx: Executor, userId: string, conversationId: string): Promise<void> {
  await sql`
    INSERT INTO memories AS m (user_id, conversation_id, replies_waiting, due_at)
    VALUES (${userId}, ${conversationId}, 1, ${dueFor(sql`1`)})
    ON CONFLICT (user_id, conversation_id) DO UPDATE SET
      replies_waiting = m.replies_waiting + 1, expires_at = NULL,
      due_at = CASE WHEN m.lease_attempts > 0 AND m.due_at IS NOT NULL THEN m.due_at
                    ELSE ${dueFor(sql`m.replies_waiting + 1`)} END
  `.execute(tx)
}

/** Somebody wants to see what is remembered: what is unread is read now. False when nothing is. */
export async function hastenDigest(db: Executor, userId: string, conversationId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    UPDATE memories SET due_at = now()
    WHERE user_id = ${userId} AND conversation_id = ${conversationId}
      AND replies_waiting > 0 AND lease_attempts = 0 AND coalesce(due_at > now(), expires_at IS NULL)
  `.execute(db)
  return Number(numAffectedRows ?? 0) > 0
}

/** The conversation was archived: nothing more is read, and in `days` what is remembered may go. */
export async function retireMemory(
  tx: Executor,
  { userId, conversationId, days }: { userId: string; conversationId: string; days: number },
): Promise<void> {
  await sql`
    UPDATE memories SET due_at = NULL, lease_attempts = 0, lease_token = lease_token + 1,
      expires_at = now() + make_interval(days => ${days}::integer)
    WHERE user_id = ${userId} AND conversation_id = ${conversationId}
  `.execute(tx)
}

/** The conversation is the active one again. */
export async function reviveMemory(tx: Executor, userId: string, conversationId: string): Promise<void> {
  await sql`
    UPDATE memories SET expires_at = NULL, due_at = coalesce(due_at, ${dueFor(sql`replies_waiting`)})
    WHERE user_id = ${userId} AND conversation_id = ${conversationId}
  `.execute(tx)
}

/** A digest is written: the row waits for what came meanwhile, or at once for the rest of a long talk. */
export async function settleDigest(
  tx: Executor,
  job: MemoryJob & { lease_token: number },
  digest: { version: number; sealedSummary: Buffer | null; seenMessageId: string; repliesRead: number; more: boolean },
): Promise<boolean> {
  const left = sql`greatest(replies_waiting - ${digest.repliesRead}::integer, 0)`
  const { numAffectedRows } = await sql`
    UPDATE memories SET sealed_summary = ${digest.sealedSummary}, seen_message_id = ${digest.seenMessageId}::uuid,
      written_at = clock_timestamp(), lease_attempts = 0, replies_waiting = ${left},
      due_at = CASE WHEN ${digest.more}::boolean THEN now() ELSE ${dueFor(left)} END
    WHERE user_id = ${job.user_id} AND conversation_id = ${job.conversation_id}
      AND lease_token = ${job.lease_token} AND version = ${digest.version}
  `.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

/** Nothing was written: tried again after `afterSeconds`, or, without, when more was said. */
export async function postponeDigest(
  tx: Executor,
  job: MemoryJob & { lease_token: number },
  afterSeconds: number | null,
): Promise<void> {
  await sql`
    UPDATE memories SET due_at = now() + make_interval(secs => ${afterSeconds}::double precision),
      lease_attempts = CASE WHEN ${afterSeconds}::double precision IS NULL THEN 0 ELSE lease_attempts END
    WHERE user_id = ${job.user_id} AND conversation_id = ${job.conversation_id} AND lease_token = ${job.lease_token}
  `.execute(tx)
}

/** The summary goes at once and is written anew from the lines; a run under way writes nothing. */
export async function rewriteMemory(tx: Executor, userId: string, conversationId: string): Promise<void> {
  await sql`
    UPDATE memories SET sealed_summary = NULL, seen_message_id = NULL, version = version + 1,
      lease_token = lease_token + 1, lease_attempts = 0,
      due_at = CASE WHEN expires_at IS NULL THEN now() + make_interval(secs => ${REWRITE_AFTER_SECONDS}::integer) END
    WHERE user_id = ${userId} AND conversation_id = ${conversationId}
  `.execute(tx)
}
