import { PAGE_HEADER } from '#contract/events'
import type { Interface } from '#contract/words'
import { type AppContext, isUuid } from '#edges/http'

/** Which of the person's pages asks, by its own word; null where none is said, or nothing that could be one. */
export function pageOf(c: AppContext): string | null {
  const page = c.req.header(PAGE_HEADER) ?? ''
  return isUuid(page) ? page.toLowerCase() : null
}

/** Under what name presence knows a place: the interface, and which of its pages. */
export function placeOf(at: Interface, page: string | null): string {
  return page ? `${at}/${page}` : at
}

export function readPlace(place: string): { interface: Interface; page: string } {
  const [at = '', page = ''] = place.split('/')
  return { interface: at as Interface, page }
}
