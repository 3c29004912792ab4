import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { App } from '#edges/http'

const HEADERS_MAX_BYTES = 16_384
const HEADERS_MAX = 100
/** Whoever takes longer to send headers, or all of a request, is cut off with 408; looked at this often. */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 30_000, lookEveryMs: 2_000 }
/** Longer than proxies keep theirs, so that they are never surprised by a closed connection. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000

interface Patience {
  headersMs: number
  requestMs: number
  lookEveryMs: number
}

export interface Listening {
  /** No new connections, and none is kept after its answer; resolves when what is under way is answered. */
  close(): Promise<void>
}

/** Serves the app on one address. Rejects when the port is taken. */
export async function serveHttp(
  app: Pick<App, 'fetch'>,
  { host, port, patience = PATIENCE }: { host: string; port: number; patience?: Patience },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      maxHeaderSize: HEADERS_MAX_BYTES,
      insecureHTTPParser: false,
      requireHostHeader: true,
      connectionsCheckingInterval: patience.lookEveryMs,
    },
  }) as Server
  server.maxHeadersCount = HEADERS_MAX
  server.headersTimeout = patience.headersMs
  server.requestTimeout = patience.requestMs
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    close: () => leave(server),
  }
}

/** A proxy that kept a connection would go on asking here, and find its answers cut off at the end of the process. */
function leave(server: Server): Promise<void> {
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'))
  server.keepAliveTimeout = 1
  server.keepAliveTimeoutBuffer = 0
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}
