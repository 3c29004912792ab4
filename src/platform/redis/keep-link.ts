import type { Client } from './open-client.ts'

const RECONNECT_BASE_MS = 50
const RECONNECT_MAX_MS = 1_000

/** A connection that is opened again whenever it was lost. */
export interface Link {
  /** While it is ready. */
  client(): Client | undefined
  close(): void
}

export interface LinkOptions {
  open(): Client
  /** Rejects when this is not whom we want to talk to. */
  verify?(client: Client): Promise<void>
  up(client: Client): void
  /** Told once for each attempt that failed and each connection that was lost. */
  down(error: unknown): void
}

/**
 * Opens a connection in the background and keeps trying. Each attempt is a new client: one that opens itself again
 * also subscribes again by itself, to channels that may have moved to another server meanwhile.
 */
export function keepLink({ open, verify, up, down }: LinkOptions): Link {
  let current: Client | undefined
  let ready: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let retries = 0
  attempt()
  return {
    client: () => ready,
    close() {
      closed = true
      clearTimeout(timer)
      drop()
    },
  }

  function attempt(): void {
    const client = open()
    current = client
    const lost = (error: unknown) => {
      if (current !== client) return
      drop()
      down(error)
      if (!closed) timer = setTimeout(attempt, pauseMs(retries++))
    }
    client.on('error', lost)
    client
      .connect()
      .then(() => verify?.(client))
      .then(() => {
        if (current !== client) return
        retries = 0
        ready = client
        up(client)
      })
      .catch(lost)
  }

  function drop(): void {
    const client = current
    current = undefined
    ready = undefined
    client?.destroy()
  }
}

function pauseMs(retries: number): number {
  return Math.min(RECONNECT_BASE_MS * 2 ** retries, RECONNECT_MAX_MS) * (0.5 + Math.random() / 2)
}
