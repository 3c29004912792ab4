import { useMemo, useRef } from 'react'
import { Virtualizer } from 'virtua'
import type { Me } from '#contract/api'
import { DownIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useTimeline } from './chat-provider.tsx'
import { RowView } from './row-view.tsx'
import { layOut } from './rows.ts'
import { useLoadOlder } from './use-load-older.ts'
import { useStickToEnd } from './use-stick-to-end.ts'
import { useTail } from './use-tail.ts'

const TOP_HEIGHT_PX = 56

/** The whole history as one list of which only what is near the eye is drawn. It opens at its end and stays where it is read. */
export function MessageList({ me }: { me: Me }) {
  const { t } = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const { away, toEnd } = useStickToEnd(scroller)
  const messages = useTimeline(({ messages }) => messages)
  const hasMore = useTimeline(({ hasMore }) => hasMore)
  const bubbleOf = useTimeline(({ bubbleOf }) => bubbleOf)
  const edge = useTimeline(({ edge }) => edge)
  const tail = useTail()
  const rows = useMemo(() => layOut(messages, { complete: !hasMore, bubbleOf }), [messages, hasMore, bubbleOf])
  const all = useMemo(() => [...rows, ...tail], [rows, tail])
  const loadOlder = useLoadOlder(scroller, messages)

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={t('chat-log')}
        onScroll={loadOlder}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div className="flex min-h-full flex-col">
          <div className="grow" />
          <div className="grid h-14 place-items-center text-[0.8125rem] text-muted">
            {hasMore ? <span className="skeleton h-2 w-24" /> : t('chat-beginning')}
          </div>
          <Virtualizer scrollRef={scroller} data={all} shift={edge === 'older'} startMargin={TOP_HEIGHT_PX}>
            {(row) => <RowView key={row.key} row={row} me={me} />}
          </Virtualizer>
          <div className="h-4 shrink-0" />
        </div>
      </div>
      {away && (
        <button
          type="button"
          className="pill rises -translate-x-1/2 absolute bottom-3 left-1/2 shadow-lg"
          onClick={() => {
            toEnd()
            scroller.current?.focus({ preventScroll: true })
          }}
        >
          <DownIcon className="size-4" />
          {t('chat-down')}
        </button>
      )}
    </div>
  )
}
