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
  const reading = startReading(response.body)
  const { events, ended } = reading

  function all<Name extends StreamEventName>(name: Name): DataOf<Name>[] {
    return events.filter((event) => event.name === name).map((event) => event.data as DataOf<Name>)
  }

  async function next<Name extends StreamEventName>(
    name: Name,
    fits: (data: DataOf<Name>) => boolean = () => true,
    wait: WaitOptions = {},
  ): Promise<DataOf<Name>> {
    const look = () => first(all(name).find(fits)) ?? (reading.over ? 'over' : null)
    const found = await waitFor(look, { what: `${name} on the stream`, ...wait })
    if (found === 'over') throw new Error(`the stream ended before ${name}`)
    return found.data
  }

  return {
    status: response.status,
    events,
    ended,
    all,
    next,
    lastId: () => reading.lastId,
    comments: () => reading.comments,
    arrivalOf: (name) => new Promise((resolve) => reading.arrivals.set(name, resolve)),
    async close() {
      leave.abort()
      await ended
    },
  }
}

interface Reading {
  events: StreamEvent[]
  lastId: string | null
  comments: number
  over: boolean
  /** Who wants to know when the next event of a name comes in. */
  arrivals: Map<StreamEventName, (at: number) => void>
  ended: Promise<void>
}

function startReading(body: ReadableStream<Uint8Array> | null): Reading {
  const reading: Reading = {
    events: [],
    lastId: null,
    comments: 0,
    over: body === null,
    arrivals: new Map(),
    ended: Promise.resolve(),
  }
  if (body) reading.ended = readAll(body, reading)
  return reading
}

async function readAll(body: ReadableStream<Uint8Array>, reading: Reading): Promise<void> {
  try {
    for await (const wire of readEvents(body, () => reading.comments++)) {
      const event = asStreamEvent(wire)
      reading.events.push(event)
      if (wire.id !== null) reading.lastId = wire.id
      reading.arrivals.get(event.name)?.(performance.timeOrigin + performance.now())
      reading.arrivals.delete(event.name)
    }
  } catch {
    // Left by us, or cut off.
  } finally {
    reading.over = true
  }
}

function first<Data>(data: Data | undefined): { data: Data } | null {
  return data === undefined ? null : { data }
}
