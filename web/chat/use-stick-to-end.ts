import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

const NEAR_END_PX = 24
const AWAY_PX = 240
/** A scroll so soon after a key, a wheel or a finger is the reader's. */
const READER_MS = 1_000
/** A scroll so soon after the content changed its height is the list putting its measures right. */
const SETTLING_MS = 300
const READER_EVENTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

interface StickToEnd {
  /** The list follows its end. */
  held: boolean
  /** The end is out of sight. */
  away: boolean
  toEnd(): void
  /** Stays at a place that was gone to otherwise than by hand. */
  letGo(): void
}

/**
 * Keeps a list at its end while its content grows, until the reader goes up; then it stays where it is.
 * Only a move of the reader upwards lets go: neither growing content nor rows that turn out lower than they were
 * reckoned must be taken for one.
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>): StickToEnd {
  const stuck = useRef(true)
  const [held, setHeld] = useState(true)
  const [away, setAway] = useState(false)

  useEffect(() => {
    const element = scroller.current
    const content = element?.firstElementChild
    if (!element || !content) return
    return keepAtEnd(element, content, stuck, (distancePx) => {
      setHeld(stuck.current)
      setAway(!stuck.current && distancePx > AWAY_PX)
    })
  }, [scroller])

  const toEnd = useCallback(() => {
    stuck.current = true
    setHeld(true)
    setAway(false)
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }, [scroller])
  const letGo = useCallback(() => {
    stuck.current = false
    setHeld(false)
  }, [])
  return { held, away, toEnd, letGo }
}

/** Follows the end while `stuck`, and tells after every change how far away the end is. Returns the stop. */
function keepAtEnd(
  element: HTMLElement,
  content: Element,
  stuck: RefObject<boolean>,
  tell: (distancePx: number) => void,
): () => void {
  // A scrolling area is reached and moved by keys; not every browser sees to that itself.
  element.tabIndex = 0
  let top = element.scrollTop
  let height = element.scrollHeight
  let movedAt = -READER_MS
  let resizedAt = -SETTLING_MS
  const onReader = () => {
    movedAt = performance.now()
  }
  // On a slow device the scroll of a list that puts its measures right comes late; its changed height still tells it.
  const isReader = () => {
    const now = performance.now()
    return now - movedAt < READER_MS || (element.scrollHeight === height && now - resizedAt > SETTLING_MS)
  }
  const goToEnd = () => {
    element.scrollTop = element.scrollHeight
    top = element.scrollTop
  }
  const distance = () => element.scrollHeight - element.scrollTop - element.clientHeight
  const onScroll = () => {
    if (distance() < NEAR_END_PX) stuck.current = true
    else if (element.scrollTop < top - 1) {
      if (isReader()) stuck.current = false
      else if (stuck.current) goToEnd()
    }
    top = element.scrollTop
    height = element.scrollHeight
    tell(distance())
  }
  const onResize = () => {
    resizedAt = performance.now()
    if (stuck.current) goToEnd()
    height = element.scrollHeight
    tell(distance())
  }
  const observer = new ResizeObserver(onResize)
  observer.observe(element)
  observer.observe(content)
  element.addEventListener('scroll', onScroll, { passive: true })
  for (const name of READER_EVENTS) element.addEventListener(name, onReader, { passive: true })
  return () => {
    observer.disconnect()
    element.removeEventListener('scroll', onScroll)
    for (const name of READER_EVENTS) element.removeEventListener(name, onReader)
  }
}
