import { memo } from 'react'
import type { Me } from '#contract/api'
import { ConversationDivider } from './conversation-divider.tsx'
import { DamagedLine } from './damaged-line.tsx'
import { DayDivider } from './day-divider.tsx'
import { MyBubble } from './my-bubble.tsx'
import { MyMessage } from './my-message.tsx'
import { NewDivider } from './new-divider.tsx'
import { OutgoingMark } from './outgoing-mark.tsx'
import { SystemLine } from './system-line.tsx'
import type { AnyRow } from './tail-rows.ts'
import { TheirMessage } from './their-message.tsx'
import { Unanswered } from './unanswered.tsx'
import { Writing } from './writing.tsx'

interface RowViewProps {
  row: AnyRow
  me: Me
  /** The line that the address asks for. */
  marked: boolean
}

/** One row in its column. Space above tells groups apart. */
export const RowView = memo(function RowView({ row, me, marked }: RowViewProps) {
  return (
    <div
      className="row mx-auto w-full max-w-[46rem] px-4 wide:px-8"
      data-marked={marked || undefined}
      tabIndex={marked ? -1 : undefined}
    >
      {draw(row, me)}
    </div>
  )
})

function draw(row: AnyRow, me: Me) {
  switch (row.kind) {
    case 'day':
      return <DayDivider at={row.at} />
    case 'conversation':
      return <ConversationDivider conversationId={row.conversationId} at={row.at} active={me.conversation} />
    case 'new':
      return <NewDivider />
    case 'unanswered':
      return <Unanswered question={row.question} />
    case 'reply':
      return <TheirMessage text={row.reply.text} first last conversationId={me.conversation?.id ?? null} me={me} />
    case 'writing':
      return <Writing />
    case 'outgoing':
      return (
        <MyBubble text={row.line.text} first={row.first} last={row.last} dim={row.line.state !== 'failed'}>
          <OutgoingMark line={row.line} />
        </MyBubble>
      )
    case 'message': {
      const { message, first, last } = row
      if (message.damaged) return <DamagedLine />
      if (message.role === 'system') return <SystemLine text={message.text} />
      if (message.role === 'user') return <MyMessage message={message} first={first} last={last} />
      const { text, conversationId } = message
      return (
        <TheirMessage text={text} message={message} first={first} last={last} conversationId={conversationId} me={me} />
      )
    }
  }
}
