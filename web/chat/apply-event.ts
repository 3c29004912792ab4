import type { Message, Turn } from '#contract/api'
import type { StreamEvent } from '#contract/events'
import { mergeMessages } from './merge-messages.ts'
import type { Outgoing, Reply, Timeline } from './timeline.ts'

/** What one event of the stream does to the talk. Events about other things change nothing. */
export function applyEvent(timeline: Timeline, event: StreamEvent): Timeline {
  switch (event.name) {
    case 'message':
      return addMessage(timeline, event.data)
    case 'reply.started':
      return withTurn(withReply(timeline, { turnId: event.data.turnId, text: '' }), event.data.turnId, 'running')
    case 'reply.delta':
      return addDelta(timeline, event.data)
    case 'reply.failed': {
      const { turnId, code } = event.data
      return withTurn(withoutReply(timeline, turnId), turnId, code === 'cancelled' ? 'cancelled' : 'failed', code)
    }
    default:
      return timeline
  }
}

/** Adds a message that the server holds, in place of the bubble that stood for it. */
export function addMessage(timeline: Timeline, message: Message, outgoingKey?: string): Timeline {
  if (message.role === 'assistant' && message.turn) {
    const bubble = new Map(timeline.bubbleOf).set(message.id, `reply-${message.turn.id}`)
    const settled = withTurn(withoutReply(timeline, message.turn.id), message.turn.id, message.turn.state)
    return { ...settled, messages: mergeMessages(settled.messages, [message]), bubbleOf: bubble, edge: 'newer' }
  }
  const sent = message.role === 'user' ? findOutgoing(timeline, message, outgoingKey) : undefined
  return {
    ...timeline,
    messages: mergeMessages(timeline.messages, [withKnownTurn(timeline, message)]),
    outbox: sent ? timeline.outbox.filter((line) => line !== sent) : timeline.outbox,
    bubbleOf: sent ? new Map(timeline.bubbleOf).set(message.id, sent.key) : timeline.bubbleOf,
    edge: 'newer',
  }
}

/** The answer to a POST says `queued`, and the stream may have told long before how the turn ended. */
function withKnownTurn(timeline: Timeline, message: Message): Message {
  const known = timeline.messages.findLast(({ id }) => id === message.id)
  return known?.turn ? { ...message, turn: known.turn } : message
}

/**
 * The stream may tell of a message before its own POST is answered, or after the answer was lost; then only the text
 * can say that it is the same line. The server's word on the key, when it comes, puts right a wrong guess.
 */
function findOutgoing(timeline: Timeline, message: Message, key?: string): Outgoing | undefined {
  if (key) return timeline.outbox.find((line) => line.key === key)
  if (message.interface === 'bot' || timeline.messages.some(({ id }) => id === message.id)) return undefined
  return timeline.outbox.find((line) => line.text === message.text && line.state !== 'unsent')
}

function addDelta(timeline: Timeline, delta: { turnId: string; offset: number; text: string }): Timeline {
  const text = timeline.replies.find(({ turnId }) => turnId === delta.turnId)?.text ?? ''
  // A piece was missed: wait for the text so far, which every new stream begins with, or for the final message.
  if (delta.offset > text.length) return timeline
  return withReply(timeline, { turnId: delta.turnId, text: text.slice(0, delta.offset) + delta.text })
}

function withReply(timeline: Timeline, reply: Reply): Timeline {
  const known = timeline.replies.some(({ turnId }) => turnId === reply.turnId)
  const replies = known
    ? timeline.replies.map((other) => (other.turnId === reply.turnId ? reply : other))
    : [...timeline.replies, reply]
  return { ...timeline, replies, edge: 'newer' }
}

function withoutReply(timeline: Timeline, turnId: string): Timeline {
  return { ...timeline, replies: timeline.replies.filter((reply) => reply.turnId !== turnId), edge: 'newer' }
}

/** Sets the state of a turn on its question, so that a failure stands where it happened. */
function withTurn(timeline: Timeline, turnId: string, state: Turn['state'], code?: string): Timeline {
  const at = timeline.messages.findLastIndex(({ role, turn }) => role === 'user' && turn?.id === turnId)
  const question = timeline.messages[at]
  if (!question || question.turn?.state === state) return timeline
  const turn = code ? { id: turnId, state, code } : { id: turnId, state }
  return { ...timeline, messages: timeline.messages.with(at, { ...question, turn }) }
}

/** A turn that is asked for again waits for its answer as at first, unless the stream was faster to tell of it. */
export function requeue(timeline: Timeline, turnId: string): Timeline {
  const question = timeline.messages.findLast(({ role, turn }) => role === 'user' && turn?.id === turnId)
  const state = question?.turn?.state
  return state === 'failed' || state === 'cancelled' || state === 'unpaid'
    ? withTurn(timeline, turnId, 'queued')
    : timeline
}
