import { type RefObject, useCallback, useEffect } from 'react'
import type { Message } from '#contract/api'
import { useChat } from './chat-provider.tsx'

const LOAD_WITHIN_PX = 1600
const TOP_HEIGHT_PX = 56

/** Asks for the page above before the reader gets there, and as long as the screen is not full. */
export function useLoadOlder(scroller: RefObject<HTMLElement | null>, messages: readonly Message[]): () => void {
  const chat = useChat()
  const loadOlder = useCallback(() => {
    const element = scroller.current
    if (!element) return
    const filled = element.scrollHeight > element.clientHeight + TOP_HEIGHT_PX
    if (filled && element.scrollTop > LOAD_WITHIN_PX) return
    void chat.loadOlder().catch(() => undefined)
  }, [chat, scroller])

  // Each page that came may be too short to fill the screen.
  useEffect(() => {
    if (messages.length === 0) return
    const frame = requestAnimationFrame(loadOlder)
    return () => cancelAnimationFrame(frame)
  }, [loadOlder, messages.length])
  return loadOlder
}
