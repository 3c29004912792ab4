import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { atEnd, type Scope } from '../../test/harness/scope.ts'

const ANSWER = 'Да, конечно.'
/** Answers that begin together would end together, and the rate would come in waves. */
const SPREAD = 0.25
const BACKLOG = 1_024

export interface StandIn {
  url: string
  /** How long the model takes for an answer, give or take a quarter; 0 answers at once. */
  thinkFor(ms: number): void
}

/** A model that says one sentence and a messenger that takes everything: as little load as either can be. */
export async function startStandIn(scope: Scope): Promise<StandIn> {
  let thinkMs = 0
  let sent = 0
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()))
  server.listen(0, '127.0.0.1', BACKLOG)
  await once(server, 'listening')
  atEnd(scope, () => {
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    thinkFor(ms) {
      thinkMs = ms
    },
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    await once(request, 'end')
    if (request.url?.endsWith('/chat/completions')) return answer(response)
    sent += 1
    const message = { message_id: sent, date: Math.floor(Date.now() / 1000) }
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result: message }))
  }

  async function answer(response: ServerResponse): Promise<void> {
    if (thinkMs > 0) await sleep(thinkMs * (1 - SPREAD + 2 * SPREAD * Math.random()))
    response.setHeader('content-type', 'text/event-stream')
    response.write(chunk({ role: 'assistant', content: ANSWER }, null))
    response.write(chunk({}, 'stop'))
    response.end('data: [DONE]\n\n')
  }
}

function chunk(delta: object, finish_reason: 'stop' | null): string {
  const shape = { id: 'bench', object: 'chat.completion.chunk', created: 0, model: 'bench' }
  return `data: ${JSON.stringify({ ...shape, choices: [{ index: 0, delta, finish_reason }] })}\n\n`
}
