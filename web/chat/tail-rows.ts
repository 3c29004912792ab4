import type { Message } from '#contract/api'
import type { Row } from './rows.ts'
import type { Outgoing, Reply } from './timeline.ts'

/** What stands below the history: replies being written, the sign of writing, and my lines on their way. */
export type TailRow =
  | { kind: 'reply'; key: string; reply: Reply }
  | { kind: 'writing'; key: string }
  | { kind: 'outgoing'; key: string; line: Outgoing; first: boolean; last: boolean }

export type AnyRow = Row | TailRow

export function layOutTail(given: {
  replies: readonly Reply[]
  outbox: readonly Outgoing[]
  writing: boolean
  last: Message | undefined
}): TailRow[] {
  const shown = given.replies.filter((reply) => reply.text.trim() !== '')
  const rows: TailRow[] = shown.map((reply) => ({ kind: 'reply', key: `reply-${reply.turnId}`, reply }))
  if (given.writing && shown.length === 0) rows.push({ kind: 'writing', key: 'writing' })
  const follows = rows.length === 0 && given.last?.role === 'user' && given.last.interface !== 'bot'
  for (const [index, line] of given.outbox.entries()) {
    rows.push({
      kind: 'outgoing',
      key: line.key,
      line,
      first: index === 0 && !follows,
      last: index === given.outbox.length - 1,
    })
  }
  return rows
}
