import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

const NEAR_END_PX = 24
const AWAY_PX = 240

/**
 * Keeps a list at its end while its content grows, until the reader goes up; then it stays where it is.
 * Only a move of the reader upwards lets go: growing content alone must not be taken for one.
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>): { away: boolean; toEnd(): void } {
  const stuck = useRef(true)
  const [away, setAway] = useState(false)

  useEffect(() => {
    const element = scroller.current
    const content = element?.firstElementChild
    if (!element || !content) return
    // A scrolling area is reached and moved by keys; not every browser sees to that itself.
    element.tabIndex = 0
    let top = element.scrollTop
    const distance = () => element.scrollHeight - element.scrollTop - element.clientHeight
    const onScroll = () => {
      if (distance() < NEAR_END_PX) stuck.current = true
      else if (element.scrollTop < top - 1) stuck.current = false
      top = element.scrollTop
      setAway(!stuck.current && distance() > AWAY_PX)
    }
    const onResize = () => {
      if (!stuck.current) return
      element.scrollTop = element.scrollHeight
      top = element.scrollTop
    }
    const observer = new ResizeObserver(onResize)
    observer.observe(element)
    observer.observe(content)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller])

  const toEnd = useCallback(() => {
    stuck.current = true
    setAway(false)
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }, [scroller])
  return { away, toEnd }
}
