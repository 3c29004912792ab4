import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** What is written down. A word that is missing here is not audited. */
export type AuditKind =
  | 'sign_in'
  | 'proof_failed'
  | 'sign_out'
  | 'session_revoked'
  | 'login_added'
  | 'login_removed'
  | 'link_issued'
  | 'link_code_issued'
  | 'link_code_wrong'
  | 'merged'
  | 'undone'
  | 'export_asked'
  | 'export_fetched'
  | 'erasure_asked'
  | 'erasure_cancelled'
  | 'erased'
  | 'delivery_sent_again'
  | 'payment_refund_asked'
  | 'payments_released'
  | 'payment_difference_settled'
  | 'credits_granted'
  | 'support_read'
  | 'minor_locked'
  | 'minor_unlocked'
  | 'support_answered'
  | 'support_closed'
  | 'user_looked_up'
  | 'reading_opened'
  | 'reading_page'
  | 'campaign_started'
  | 'campaign_paused'
  | 'campaign_resumed'
  | 'campaign_cancelled'

/** One row of the audit. `details` holds ids, names of providers and codes of outcomes: never a text, a name or an address. */
export interface AuditEvent {
  kind: AuditKind
  /** The user as it is at that moment; null when nobody was recognised. */
  userId: string | null
  details?: Record<string, string | number | boolean | null>
  /** A keyed hash of where it came from; null for a messenger. */
  client?: Buffer | null
}

/** Adds a row, in the transaction of the deed that it is about. Rows are never changed. */
export async function recordAudit(
  tx: Executor,
  { kind, userId, details = {}, client = null }: AuditEvent,
): Promise<void> {
  await sql`
    INSERT INTO audit_events (user_id, kind, details, client_hash)
    VALUES (${userId}, ${kind}, ${JSON.stringify(details)}::jsonb, ${client})
  `.execute(tx)
}
