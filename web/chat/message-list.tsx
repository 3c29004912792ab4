import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useSearch } from 'wouter'
import type { Me } from '#contract/api'
import { useTexts } from '../texts/texts-provider.tsx'
import { useTimeline } from './chat-provider.tsx'
import { DownPill } from './down-pill.tsx'
import { RowView } from './row-view.tsx'
import { layOut } from './rows.ts'
import { useLoadOlder } from './use-load-older.ts'
import { useSeen } from './use-seen.ts'
import { useStickToEnd } from './use-stick-to-end.ts'
import { useTail } from './use-tail.ts'

const FoundMessage = lazy(() => import('./found-message.tsx').then((module) => ({ default: module.FoundMessage })))

const TOP_HEIGHT_PX = 56

/** The whole history as one list of which only what is near the eye is drawn. It opens at its end and stays where it is read. */
export function MessageList({ me }: { me: Me }) {
  const { t } = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const { held, away, toEnd, letGo } = useStickToEnd(scroller)
  const messages = useTimeline(({ messages }) => messages)
  const hasMore = useTimeline(({ hasMore }) => hasMore)
  const bubbleOf = useTimeline(({ bubbleOf }) => bubbleOf)
  const edge = useTimeline(({ edge }) => edge)
  const seenSeq = useSeen(me.user.id, messages)
  const tail = useTail()
  const rows = useMemo(
    () => layOut(messages, { complete: !hasMore, bubbleOf, seenSeq }),
    [messages, hasMore, bubbleOf, seenSeq],
  )
  const all = useMemo(() => [...rows, ...tail], [rows, tail])
  const loadOlder = useLoadOlder(scroller, messages)
  const wanted = new URLSearchParams(useSearch()).get('at')
  const [found, setFound] = useState<string>()
  useSightOfSent(toEnd)

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
          <Virtualizer ref={list} scrollRef={scroller} data={all} shift={edge === 'older'} startMargin={TOP_HEIGHT_PX}>
            {(row) => <RowView key={row.key} row={row} me={me} marked={row.key === found} />}
          </Virtualizer>
          <div className="h-4 shrink-0" />
        </div>
      </div>
      {wanted && (
        <Suspense>
          <FoundMessage key={wanted} id={wanted} rows={rows} list={list} letGo={letGo} onFound={setFound} />
        </Suspense>
      )}
      <DownPill
        held={held}
        away={away}
        onPress={() => {
          toEnd()
          scroller.current?.focus({ preventScroll: true })
        }}
      />
    </div>
  )
}

/** Whoever writes looks at what they wrote. */
function useSightOfSent(toEnd: () => void): void {
  const sent = useTimeline(({ outbox }) => outbox.at(-1)?.key)
  useEffect(() => {
    if (sent) toEnd()
  }, [sent, toEnd])
}
