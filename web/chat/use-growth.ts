import { type RefObject, useLayoutEffect } from 'react'

const LINES_MAX = 6

/** Makes a field as high as its text, up to six lines; from there it scrolls. */
export function useGrowth(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = ''
    element.style.overflowY = 'hidden'
    if (text !== '') grow(element)
  }, [field, text])
}

function grow(element: HTMLTextAreaElement): void {
  const style = getComputedStyle(element)
  const border = element.offsetHeight - element.clientHeight
  const padding = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom)
  const most = Number.parseFloat(style.lineHeight) * LINES_MAX + padding
  const scrolls = element.scrollHeight > most
  element.style.height = `${Math.min(element.scrollHeight, most) + border}px`
  element.style.overflowY = scrolls ? 'auto' : 'hidden'
}
