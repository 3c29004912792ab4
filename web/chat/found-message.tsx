import { type RefObject, useEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useChat, useTimeline } from './chat-provider.tsx'
import type { Row } from './rows.ts'

/** As far back as is looked for one line: 10,000 of them. */
const PAGES_MAX = 200
const FRAMES_MAX = 60
/** A list that has only just opened does not know its height yet and stays where it is: it is asked again. */
const ASK_AGAIN_FRAMES = 10

interface FoundMessageProps {
  id: string
  rows: readonly Row[]
  list: RefObject<VirtualizerHandle | null>
  letGo(): void
  /** Gets the key of the row, which is marked from then on. */
  onFound(key: string): void
}

/**
 * Brings the line that the address asks for into the middle of the window. Nothing is loaded before the server has said
 * that there is such a line; when there is none, the talk stays at its end.
 */
export function FoundMessage({ id, rows, list, letGo, onFound }: FoundMessageProps) {
  const chat = useChat()
  const hasMore = useTimeline((timeline) => timeline.hasMore)
  const [exists, setExists] = useState(false)
  const pages = useRef(0)
  const done = useRef(false)
  useEffect(() => {
    let left = false
    const hear = (there: boolean) => {
      if (!left) setExists(there)
    }
    chat.has(id).then(hear, () => undefined)
    return () => {
      left = true
    }
  }, [chat, id])
  useEffect(() => {
    if (done.current) return
    const index = rows.findIndex((row) => row.kind === 'message' && row.message.id === id)
    const row = rows[index]
    if (row) {
      done.current = true
      letGo()
      onFound(row.key)
      focusMarked(FRAMES_MAX, () => list.current?.scrollToIndex(index, { align: 'center' }))
    } else if (exists && hasMore && pages.current < PAGES_MAX) {
      pages.current += 1
      void chat.loadOlder().catch(() => undefined)
    }
  }, [id, exists, rows, hasMore, list, chat, letGo, onFound])
  return null
}

/** The list draws what it scrolled to some frames later, and hides it until it is measured. */
function focusMarked(framesLeft: number, scroll: () => void): void {
  const line = document.querySelector<HTMLElement>('[data-marked]')
  if (framesLeft === FRAMES_MAX || (!line && framesLeft % ASK_AGAIN_FRAMES === 0)) scroll()
  line?.focus({ preventScroll: true })
  if (framesLeft > 0 && (!line || document.activeElement !== line)) {
    requestAnimationFrame(() => focusMarked(framesLeft - 1, scroll))
  }
}
