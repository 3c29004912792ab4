import type { Message } from '#contract/api'
import type { DeliveryStatus } from '#contract/words'
import type { HistoryMessage } from '#domain/conversations'
import type { Turn } from './turn.ts'

/** A line of history as the contract shows it, with the turn it asks or answers and how its delivery stands. */
export function presentMessage(
  line: HistoryMessage,
  turn?: Pick<Turn, 'id' | 'state' | 'code'>,
  status?: DeliveryStatus,
): Message {
  return {
    id: line.id,
    seq: line.seq,
    conversationId: line.conversationId,
    role: line.role,
    channel: line.channel,
    interface: line.interface,
    contentType: line.contentType,
    text: line.text,
    ...(line.damaged ? { damaged: true as const } : {}),
    createdAt: line.createdAt.toISOString(),
    ...(turn ? { turn: { id: turn.id, state: turn.state, ...(turn.code ? { code: turn.code } : {}) } } : {}),
    ...(status ? { delivery: { status } } : {}),
  }
}
