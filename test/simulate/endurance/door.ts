import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEnd, type Scope } from '../../harness/scope.ts'

const BAD_GATEWAY = 502
/** Every request says where it comes from, so that no limit of one client meets five hundred. */
const CLIENTS = 2 ** 24
const BYTE = 256

/**
 * The one address of all processes, as a reverse proxy keeps it: a request goes to the next one that serves; who does not
 * take the connection is passed over; who dies with a request in hand leaves 502, for nobody knows how far it came.
 */
export async function openDoor(scope: Scope, serving: () => number[]): Promise<{ url: string }> {
  // A connection of its own for each: one that was kept may be closed at the very moment it is used again.
  const agent = new Agent({ keepAlive: false })
  let turn = 0
  const server = createServer((request, response) => {
    turn += 1
    pass(request, response).catch(() => response.destroy())
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = addressOf(turn)
    const body = await readAll(request)
    const open = serving()
    const first = turn % Math.max(1, open.length)
    for (const port of [...open.slice(first), ...open.slice(0, first)]) {
      const answer = await ask(port, { request, body, address })
      if (answer === 'not there') continue
      if (answer === 'died') break
      response.writeHead(answer.statusCode ?? BAD_GATEWAY, answer.headers)
      answer.on('error', () => response.destroy())
      answer.pipe(response)
      return
    }
    response.writeHead(BAD_GATEWAY).end()
  }

  function ask(
    port: number,
    { request, body, address }: { request: IncomingMessage; body: Buffer; address: string },
  ): Promise<IncomingMessage | 'not there' | 'died'> {
    const { method, url: path, headers: said } = request
    const headers = { ...said, 'x-forwarded-for': address }
    return new Promise((resolve) => {
      const onward = openRequest({ agent, host: '127.0.0.1', port, method, path, headers }, resolve)
      onward.on('error', (error) => {
        resolve('code' in error && error.code === 'ECONNREFUSED' ? 'not there' : 'died')
      })
      onward.end(body)
    })
  }

  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(scope, () => {
    server.close()
    server.closeAllConnections()
    agent.destroy()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function addressOf(turn: number): string {
  const client = turn % CLIENTS
  return [10, Math.floor(client / BYTE ** 2), Math.floor(client / BYTE) % BYTE, client % BYTE].join('.')
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
