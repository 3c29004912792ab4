import { useMemo } from 'react'
import { useTimeline } from './chat-provider.tsx'
import { layOutTail, type TailRow } from './tail-rows.ts'
import { waitingTurns } from './timeline.ts'

/** The rows below the history, the same array as long as nothing of them changes. */
export function useTail(): TailRow[] {
  const replies = useTimeline((timeline) => timeline.replies)
  const outbox = useTimeline((timeline) => timeline.outbox)
  const writing = useTimeline((timeline) => waitingTurns(timeline).length > 0)
  const last = useTimeline((timeline) => timeline.messages.at(-1))
  return useMemo(() => layOutTail({ replies, outbox, writing, last }), [replies, outbox, writing, last])
}
