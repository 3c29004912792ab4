import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { TelegramWorld } from '../telegram/index.ts'

const HEARTBEAT_MS = 15_000

/** Server-sent events: what changed and where to look; the page fetches the rest. Calls are left out, they would flood it. */
export function eventRoutes(telegram: TelegramWorld): Hono {
  const routes = new Hono()
  routes.get('/', (c) =>
    streamSSE(c, async (stream) => {
      const stopListening = telegram.signals.listen((signal) => {
        if (signal.kind !== 'call') void stream.writeSSE({ event: signal.kind, data: JSON.stringify(signal) })
      })
      const heartbeat = setInterval(() => void stream.write(': \n\n'), HEARTBEAT_MS)
      await stream.write(': hello\n\n')
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clearInterval(heartbeat)
      stopListening()
    }),
  )
  return routes
}
