export interface SseEvent {
  name: string
  data: string
  id: string | null
}

/**
 * Reads a Server-Sent Events body (WHATWG HTML, 9.2.6) piece by piece, however the pieces are cut.
 * `onRetry` is told when the server says after how many milliseconds to come back.
 * Comments only prove that the line is alive; an event without data is dropped, as the standard says.
 */
export function createSseParser(
  onEvent: (event: SseEvent) => void,
  onRetry: (ms: number) => void = () => {},
): (piece: string) => void {
  let rest = ''
  let atStart = true
  let event = emptyEvent()

  const takeLine = (line: string) => {
    if (line === '') {
      if (event.data.length > 0) onEvent({ name: event.name || 'message', data: event.data.join('\n'), id: event.id })
      event = emptyEvent()
      return
    }
    const colon = line.indexOf(':')
    if (colon === 0) return
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    if (field === 'event') event.name = value
    else if (field === 'data') event.data.push(value)
    else if (field === 'retry' && /^\d{1,9}$/.test(value)) onRetry(Number(value))
    else if (field === 'id' && !value.includes('\0')) event.id = value
  }

  return (piece) => {
    rest += piece
    if (atStart && rest.length > 0) {
      if (rest.startsWith('\uFEFF')) rest = rest.slice(1)
      atStart = false
    }
    for (;;) {
      const end = rest.search(/[\r\n]/)
      if (end < 0) return
      // A lone CR at the very end may be the first half of CRLF: wait for the next piece.
      if (rest[end] === '\r' && end === rest.length - 1) return
      const width = rest[end] === '\r' && rest[end + 1] === '\n' ? 2 : 1
      takeLine(rest.slice(0, end))
      rest = rest.slice(end + width)
    }
  }
}

function emptyEvent(): { name: string; data: string[]; id: string | null } {
  return { name: '', data: [], id: null }
}
