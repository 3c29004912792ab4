import type { StreamEvent } from '#contract/events'

/** One event as it stood on the wire (WHATWG HTML, Server-sent events). */
export interface WireEvent {
  id: string | null
  name: string
  data: string
}

/** Reads an event stream line by line; comments are counted by `onComment`. Ends when the stream does. */
export async function* readEvents(body: ReadableStream<Uint8Array>, onComment = () => {}): AsyncGenerator<WireEvent> {
  let id: string | null = null
  let name = 'message'
  let data: string[] = []
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0) yield { id, name, data: data.join('\n') }
      id = null
      name = 'message'
      data = []
      continue
    }
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (field === '') onComment()
    else if (field === 'event') name = value
    else if (field === 'data') data.push(value)
    else if (field === 'id') id = value
  }
}

/** The event as the contract names it. */
export function asStreamEvent({ name, data }: WireEvent): StreamEvent {
  return { name, data: JSON.parse(data) } as StreamEvent
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    yield* lines
  }
}
