import { type RefObject, useEffect } from 'react'

let visited = false

/** What every page does when it opens: names the tab, and takes the focus from the page before. */
export function usePage(title: string, page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    document.title = title ? `${title} · Vitte` : 'Vitte'
  }, [title])
  useEffect(() => {
    // The browser itself knows where the focus belongs on the first page of a visit.
    if (visited && !page.current?.contains(document.activeElement)) page.current?.focus({ preventScroll: true })
    visited = true
  }, [page])
}
