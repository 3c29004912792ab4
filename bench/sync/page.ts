import { asStreamEvent, readEvents } from '../../test/harness/event-source.ts'
import type { Person } from '../../test/harness/people.ts'

/** An open page that notes when each line came in. */
export interface Page {
  /** By the line's text, in milliseconds of `performance.now()`. */
  cameAt: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** @throws when the page may not open */
export async function openPage({ client }: Person): Promise<Page> {
  const leave = new AbortController()
  const { status, body } = await client.request('/api/events', { signal: leave.signal })
  if (status !== 200 || !body) throw new Error(`the event stream answered ${status}`)
  const cameAt = new Map<string, number>()
  const read = async () => {
    for await (const wire of readEvents(body)) {
      const event = asStreamEvent(wire)
      if (event.name === 'message' && !cameAt.has(event.data.text)) cameAt.set(event.data.text, performance.now())
    }
  }
  const reading = read().catch(() => {})
  return {
    cameAt,
    async close() {
      leave.abort()
      await reading
    },
  }
}
