/** Gets what is published on a topic, one event after the other, never within `publish` or `subscribe` themselves. */
export interface Subscriber {
  /** Anything JSON can say. Subscribers share the value: read it, do not change it. */
  event(event: unknown): void
  /** Events may have been missed since the last one; whoever needs to be exact reads the database again. */
  gap?(): void
}

export type Unsubscribe = () => Promise<void>

/** Tells what happened to whoever looks right now: fast, and forgotten at once. The truth is in the database. */
export interface Live {
  /**
   * Tells the subscribers of a topic, here and in other processes. Never throws, waits, or queues without bound: an
   * event that cannot go out is dropped, and other processes hear of a gap as soon as possible.
   */
  publish(topic: string, event: unknown): void
  /**
   * Resolves when everything published from now on arrives, or after a second at most: then a gap is told later.
   * After the returned function is called no event comes any more.
   */
  subscribe(topic: string, subscriber: Subscriber): Promise<Unsubscribe>
  close(): Promise<void>
}
