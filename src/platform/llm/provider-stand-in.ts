import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { Dialect } from './provider-dialects.ts'

export interface ReceivedCall {
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
  /** Resolves when the caller hangs up before the answer is complete. */
  hungUp: Promise<void>
}

export type Play = (response: ServerResponse, dialect: Dialect) => void

export interface ProviderStandIn {
  baseUrl: string
  calls: ReceivedCall[]
  /** The next calls are answered so, one each; after them everything is `plays.reply('Hello.')`. */
  next(...plays: Play[]): void
  /** Sends what is meant for a public address here. */
  fetch: typeof globalThis.fetch
}

/** A real HTTP server that speaks like a provider and plays its faults. Closes with the test. */
export async function startStandIn(t: TestContext, dialect: Dialect): Promise<ProviderStandIn> {
  const calls: ReceivedCall[] = []
  const waiting: Play[] = []
  const server = createServer(async (request, response) => {
    const { promise: hungUp, resolve } = Promise.withResolvers<void>()
    response.on('close', () => response.writableFinished || resolve())
    const body: unknown = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString())
    calls.push({ path: request.url ?? '', headers: request.headers, body: Object.assign({}, body), hungUp })
    const play = waiting.shift() ?? plays.reply('Hello.')
    play(response, dialect)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  t.after(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    baseUrl: `${origin}/v1`,
    calls,
    next: (...plays) => waiting.push(...plays),
    fetch: (input, init) => fetch(new URL(new URL(String(input)).pathname, origin), init),
  }
}

/** What a provider may do with one call. */
export const plays = {
  reply:
    (...deltas: string[]): Play =>
    (response, dialect) =>
      open(response, dialect, deltas).end(dialect.finish('stop')),
  cutByLength:
    (...deltas: string[]): Play =>
    (response, dialect) =>
      open(response, dialect, deltas).end(dialect.finish('length')),
  refuse: (): Play => (response, dialect) => open(response, dialect).end(dialect.refusal()),
  endTooEarly:
    (...deltas: string[]): Play =>
    (response, dialect) =>
      open(response, dialect, deltas).end(),
  hang:
    (...deltas: string[]): Play =>
    (response, dialect) =>
      open(response, dialect, deltas).flushHeaders(),
  neverAnswer: (): Play => () => {},
  reset:
    (...deltas: string[]): Play =>
    (response, dialect) => {
      if (deltas.length === 0) response.socket?.resetAndDestroy()
      else open(response, dialect).write(deltas.map(dialect.delta).join(''), () => response.socket?.resetAndDestroy())
    },
  raw:
    (text: string, contentType = 'text/event-stream'): Play =>
    (response) =>
      response.writeHead(200, { 'content-type': contentType }).end(text),
  badChunk:
    (...deltas: string[]): Play =>
    (response, dialect) =>
      open(response, dialect, deltas).end(`data: {"broken\n\n${dialect.finish('stop')}`),
  errorChunk:
    (...deltas: string[]): Play =>
    (response, dialect) =>
      open(response, dialect, deltas).end(dialect.error('rate_limit_error')),
  status:
    (status: number, headers: Record<string, string> = {}): Play =>
    (response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify({ type: 'error', error: { type: 'x', message: 'private prompt words' } }))
    },
}

function open(response: ServerResponse, dialect: Dialect, deltas: string[] = []): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.write(dialect.start())
  for (const delta of deltas) response.write(dialect.delta(delta))
  return response
}
