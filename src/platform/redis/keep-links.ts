import type { Masters } from './find-masters.ts'
import { keepLink, type Link, type LinkOptions } from './keep-link.ts'
import type { Client } from './open-client.ts'
import type { Place } from './parse-redis-url.ts'

/** A connection to each server that serves. */
export interface Links {
  /** To the server of a key or channel, while it is ready. */
  at(key: string): Client | undefined
  /** To the server of that `host:port`, while it is ready. */
  to(name: string): Client | undefined
  /** Whether there are servers, and all of them answer. */
  ready(): boolean
  /** Opens and closes connections until they are those of the servers that serve now. */
  follow(): void
  close(): void
}

export interface LinksOptions extends Omit<LinkOptions, 'open'> {
  masters(): Masters
  open(place: Place): Client
}

export function keepLinks({ masters, open, ...options }: LinksOptions): Links {
  const links = new Map<string, Link>()
  const to = (name: string) => links.get(name)?.client()

  function follow(): void {
    const { places } = masters()
    for (const [name, link] of links) {
      if (places.has(name)) continue
      links.delete(name)
      link.close()
    }
    for (const [name, place] of places) {
      if (!links.has(name)) links.set(name, keepLink({ open: () => open(place), ...options }))
    }
  }

  return {
    at(key) {
      const name = masters().at(key)
      return name === undefined ? undefined : to(name)
    },
    to,
    ready: () => links.size > 0 && [...links.values()].every((link) => link.client()),
    follow,
    close() {
      for (const link of links.values()) link.close()
      links.clear()
    },
  }
}
