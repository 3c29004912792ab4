import type { StreamEvent, StreamEventName } from '#contract/events'
import type { Client } from './client.ts'
import { asStreamEvent, readEvents } from './event-source.ts'
import { type WaitOptions, waitFor } from './wait-for.ts'

export type DataOf<Name extends StreamEventName> = Extract<StreamEvent, { name: Name }>['data']

/** Everything that an open page got, in order. */
export interface OpenStream {
  status: number
  events: StreamEvent[]
  /** The last durable id, for resuming. */
  lastId(): string | null
  comments(): number
  /** The first event of this name that fits, now or later. */
  next<Name extends StreamEventName>(
    name: Name,
    fits?: (data: DataOf<Name>) => boolean,
    wait?: WaitOptions,
  ): Promise<DataOf<Name>>
  all<Name extends StreamEventName>(name: Name): DataOf<Name>[]
  /** When the next event of this name comes in, in milliseconds since 1970 with their fractions. */
  arrivalOf(name: StreamEventName): Promise<number>
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  close(): Promise<void>
}

export async function openStream(client: Client, lastEventId?: string | number): Promise<OpenStream> {
  const leave = new AbortController()
  const query = lastEventId === undefined ? '' : `?lastEventId=${lastEventId}`
  const response = await client.request(`/api/events${query}`, { signal: leave.signal })
  const events: StreamEvent[] = []
  let lastId: string | null = null
  let comments = 0
  let over = false
  const arrivals = new Map<StreamEventName, (at: number) => void>()
  const ended = read()

  async function read(): Promise<void> {
    if (!response.body) return
    try {
      for await (const event of readEvents(response.body, () => comments++)) {
        const known = asStreamEvent(event)
        events.push(known)
        arrivals.get(known.name)?.(performance.timeOrigin + performance.now())
        arrivals.delete(known.name)
        if (event.id !== null) lastId = event.id
      }
    } catch {
      // Left by us, or cut off.
    } finally {
      over = true
    }
  }

  function all<Name extends StreamEventName>(name: Name): DataOf<Name>[] {
    return events.filter((event) => event.name === name).map((event) => event.data as DataOf<Name>)
  }

  async function next<Name extends StreamEventName>(
    name: Name,
    fits: (data: DataOf<Name>) => boolean = () => true,
    wait: WaitOptions = {},
  ): Promise<DataOf<Name>> {
    const found = await waitFor(() => first() ?? (over ? 'over' : null), { what: `${name} on the stream`, ...wait })
    if (found === 'over') throw new Error(`the stream ended before ${name}`)
    return found.data

    function first(): { data: DataOf<Name> } | null {
      const data = all(name).find(fits)
      return data === undefined ? null : { data }
    }
  }

  return {
    status: response.status,
    events,
    ended,
    all,
    lastId: () => lastId,
    comments: () => comments,
    next,
    arrivalOf: (name) => new Promise((resolve) => arrivals.set(name, resolve)),
    async close() {
      leave.abort()
      await ended
    },
  }
}
