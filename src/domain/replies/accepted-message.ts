import type { Message } from '#contract/api'
import type { AcceptRow } from './accept-store.ts'
import type { InboundMessage } from './inbound-message.ts'

/** The line of history that was just accepted, without asking the database again; null when none was written. */
export function acceptedMessage(inbound: InboundMessage, row: AcceptRow): Message | null {
  if (row.seq === null || row.message_id === null || row.created_at === null) return null
  const state = row.outcome === 'unpaid' ? 'unpaid' : 'queued'
  return {
    id: row.message_id,
    seq: row.seq,
    conversationId: row.conversation_id,
    role: 'user',
    channel: inbound.channel,
    interface: inbound.interface,
    contentType: inbound.contentType,
    text: inbound.text,
    createdAt: row.created_at.toISOString(),
    ...(row.turn_id ? { turn: { id: row.turn_id, state, ...(row.code ? { code: row.code } : {}) } } : {}),
  }
}
