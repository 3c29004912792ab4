import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { App } from '#edges/http'

const HEADERS_MAX_BYTES = 16_384
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
/** Longer than proxies keep theirs, so that they are never surprised by a closed connection. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000

export interface Listening {
  /** No new requests; resolves when those under way are answered. */
  close(): Promise<void>
}

/** Serves the app on one address. Rejects when the port is taken. */
export async function serveHttp(app: App, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { maxHeaderSize: HEADERS_MAX_BYTES, insecureHTTPParser: false },
  }) as Server
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}
