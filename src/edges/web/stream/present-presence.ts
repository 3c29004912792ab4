import type { Presence } from '#contract/events'
import type { WhoIsThere } from '#platform/presence'
import { readPlace } from '../page-place.ts'
import type { EventStream } from './event-stream.ts'

/** Who is where, as pages are told it. */
export function presentPresence({ online, typing }: WhoIsThere): Presence {
  const isTyping = new Set(typing)
  const places = online.map((place) => ({ ...readPlace(place), typing: isTyping.has(place) }))
  const interfaces = (some: typeof places) => [...new Set(some.map((place) => place.interface))]
  return { online: interfaces(places), typing: interfaces(places.filter((place) => place.typing)), places }
}

/** Whether one of the places is none of these pages. */
export function isSomebodyElsewhere({ places }: Presence, streams: readonly EventStream[]): boolean {
  return places.some(({ page }) => !streams.some((stream) => stream.page === page))
}
