import type { StreamEvent } from '#contract/events'

/**
 * A fast model sends more pieces than a screen has frames: pieces are applied together, once a frame. Any other event
 * first lets the waiting pieces through, so the order stays.
 */
export function gatherDeltas(apply: (event: StreamEvent) => void) {
  let waiting: StreamEvent[] = []
  let frame = 0
  const flush = () => {
    cancelAnimationFrame(frame)
    frame = 0
    const events = waiting
    waiting = []
    for (const event of events) apply(event)
  }
  return {
    take(event: StreamEvent): void {
      if (event.name !== 'reply.delta') {
        flush()
        apply(event)
        return
      }
      waiting.push(event)
      if (frame === 0) frame = requestAnimationFrame(flush)
    },
    close: () => cancelAnimationFrame(frame),
  }
}
