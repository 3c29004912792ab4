import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from '#contract/api'
import { asStreamEvent, readEvents } from '../../harness/event-source.ts'
import type { Person } from '../../harness/people.ts'

/** What is known of a user from outside, whoever heard it. */
export interface Known {
  name: string
  /** The last place of the history that somebody has been told of. */
  latestSeq: number
}

/** How long things took, in milliseconds. */
export interface Delays {
  /** From the commit of a line to a page that was open by then. */
  live: number[]
  /** From coming back to having all that was missed meanwhile. */
  catchUp: number[]
}

export interface Reader {
  /** Cuts the connection as a network does; the reader comes back by itself. */
  drop(): void
  /** Every place of the history that it was told, in the order in which it was. */
  seqs: number[]
  /** What no reader should ever be told or answered. */
  surprises: string[]
  drops: number
  leave(): Promise<void>
}

/** How long a reader waits that nobody has told how long. */
const RETRY_MS = 1_000

/** An open page that keeps its stream, through whatever cuts it, until it leaves. */
export function startReader(person: Person, known: Known, delays: Delays): Reader {
  const reader: Reader & { cut: AbortController; leaving: boolean } = {
    seqs: [],
    surprises: [],
    drops: 0,
    cut: new AbortController(),
    leaving: false,
    drop() {
      reader.drops += 1
      reader.cut.abort()
    },
    async leave() {
      reader.leaving = true
      reader.cut.abort()
      await running
    },
  }
  const retryMs = RETRY_MS
  const running = run()
  return reader

  async function run(): Promise<void> {
    while (!reader.leaving) {
      reader.cut = new AbortController()
      await readOnce().catch((error: Error) => {
        if (!reader.cut.signal.aborted) reader.surprises.push(`${known.name}: ${error.message}`)
      })
      if (!reader.leaving) await sleep(retryMs)
    }
  }

  async function readOnce(): Promise<void> {
    const begun = Date.now()
    const wanted = known.latestSeq
    const last = reader.seqs.at(-1)
    const query = last === undefined ? '' : `?lastEventId=${last}`
    const response = await person.client.request(`/api/events${query}`, { signal: reader.cut.signal })
    if (response.status !== 200 || !response.body) throw new Error(`the event stream answered ${response.status}`)
    let behind = last !== undefined && last < wanted
    for await (const wire of readEvents(response.body)) {
      const event = asStreamEvent(wire)
      if (event.name === 'reset') reader.surprises.push(`${known.name}: was told to fetch anew`)
      if (event.name !== 'message') continue
      take(event.data, begun)
      if (behind && event.data.seq >= wanted) {
        behind = false
        delays.catchUp.push(Date.now() - begun)
      }
    }
  }

  function take({ seq, createdAt }: Message, connectedAt: number): void {
    reader.seqs.push(seq)
    known.latestSeq = Math.max(known.latestSeq, seq)
    const committedAt = Date.parse(createdAt)
    if (committedAt > connectedAt) delays.live.push(Date.now() - committedAt)
  }
}
