import type { Message } from '#contract/api'

/** One line of the list as it is drawn. `first` and `last` are its place in a group of one author and minute. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'conversation'; key: string; conversationId: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: Message; first: boolean; last: boolean }
  | { kind: 'unanswered'; key: string; question: Message }

interface Given {
  /** Nothing older can come. */
  complete: boolean
  bubbleOf: ReadonlyMap<string, string>
  /** The newest message of the last visit. */
  seenSeq?: number | undefined
}

/**
 * Lays the messages out with their dividers. Above the first message a divider is drawn only when nothing older can
 * come, so that loading older pages adds rows at the top and changes none.
 */
export function layOut(messages: readonly Message[], given: Given): Row[] {
  const rows: Row[] = []
  const apart = (one: Message, next: Message) => !together(one, next) || beginsNews(one, next, given.seenSeq)
  let before: Message | undefined
  for (const [index, message] of messages.entries()) {
    const after = messages[index + 1]
    if (before || given.complete) rows.push(...dividers(before, message))
    if (before && beginsNews(before, message, given.seenSeq)) rows.push({ kind: 'new', key: 'new' })
    rows.push({
      kind: 'message',
      key: given.bubbleOf.get(message.id) ?? message.id,
      message,
      first: !before || apart(before, message),
      last: !after || apart(message, after),
    })
    if (isUnanswered(message)) rows.push({ kind: 'unanswered', key: `unanswered-${message.id}`, question: message })
    before = message
  }
  return rows
}

/** A conversation that begins says so itself. */
function beginsNews(before: Message, message: Message, seenSeq: number | undefined): boolean {
  return (
    seenSeq !== undefined &&
    before.seq <= seenSeq &&
    message.seq > seenSeq &&
    before.conversationId === message.conversationId
  )
}

/**
 * Whether two neighbours are one group: same author, place, conversation and minute, and nothing stands between. Each
 * reply stands alone, since each can be reported.
 */
export function together(one: Message, next: Message): boolean {
  return (
    one.role === next.role &&
    one.role !== 'system' &&
    (one.role === 'user' || !one.turn) &&
    one.interface === next.interface &&
    one.conversationId === next.conversationId &&
    one.createdAt.slice(0, MINUTE_LENGTH) === next.createdAt.slice(0, MINUTE_LENGTH) &&
    !isUnanswered(one)
  )
}

// "2026-11-14T21:04" of an ISO 8601 time.
const MINUTE_LENGTH = 16

function dividers(before: Message | undefined, message: Message): Row[] {
  const rows: Row[] = []
  if (!before || dayOf(before) !== dayOf(message)) {
    rows.push({ kind: 'day', key: `day-${message.id}`, at: message.createdAt })
  }
  const { conversationId } = message
  if (conversationId && conversationId !== before?.conversationId) {
    rows.push({ kind: 'conversation', key: `conversation-${message.id}`, conversationId, at: message.createdAt })
  }
  return rows
}

// Reading a date costs most of the layout, and a message keeps its day.
const days = new WeakMap<Message, string>()

function dayOf(message: Message): string {
  const known = days.get(message)
  if (known) return known
  const date = new Date(message.createdAt)
  const day = `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
  days.set(message, day)
  return day
}

function isUnanswered({ role, turn }: Message): boolean {
  if (role !== 'user' || !turn || turn.code === 'superseded') return false
  return turn.state === 'failed' || turn.state === 'cancelled' || turn.state === 'unpaid'
}
