import type { Log } from '#platform/log'

const EVENT_MAX_LENGTH = 1_000_000

/** The event as JSON, or undefined (and a line in the log) when it is none or too long. */
export function encodeEvent(event: unknown, log: Log): string | undefined {
  try {
    const json: string | undefined = JSON.stringify(event)
    if (json !== undefined && json.length <= EVENT_MAX_LENGTH) return json
    log.error('live.event_refused', { length: json?.length ?? 0 })
  } catch (error) {
    log.error('live.event_refused', { error })
  }
  return undefined
}
