import { Agent, request as openRequest } from 'node:http'

const ANSWER_TIMEOUT_MS = 30_000

/** A request as it goes over the wire: nothing is put right, repeated headers stay repeated. */
export interface RawRequest {
  method: string
  path: string
  /** Names and values one after the other. */
  headers: readonly string[]
  body?: string | Buffer
}

export interface RawAnswer {
  status: number
  /** The cookies that the answer sets, empty ones among them. */
  cookies: ReadonlyMap<string, string>
  location: string | null
  text: string
}

export interface RawClient {
  send(request: RawRequest): Promise<RawAnswer>
  close(): void
}

/** Sends to one address over connections that stay open. */
export function createRawClient(url: string, maxSockets: number): RawClient {
  const { hostname, port, host } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets })
  function send({ method, path, headers, body = '' }: RawRequest): Promise<RawAnswer> {
    const size = String(Buffer.byteLength(body))
    const raw = ['Host', host, ...headers.map(toWire), ...(method === 'GET' ? [] : ['Content-Length', size])]
    return new Promise((resolve, reject) => {
      const options = { agent, hostname, port, method, path: toPath(path), headers: raw, timeout: ANSWER_TIMEOUT_MS }
      const request = openRequest(options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { 'set-cookie': cookies = [], location = null } = response.headers
          const text = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, cookies: readCookies(cookies), location, text })
        })
      })
      request.on('timeout', () => request.destroy(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`)))
      request.on('error', reject)
      request.end(body)
    })
  }
  return { send, close: () => agent.destroy() }
}

/** What is left of a header's value on its way: HTTP carries no control characters, and no spaces around. */
export function carried(value: string): string {
  return value.replace(/(?!\t)\p{Cc}/gu, '').replace(/^[ \t]+|[ \t]+$/g, '')
}

/** Headers are bytes. */
function toWire(value: string): string {
  return Buffer.from(carried(value)).toString('latin1')
}

function toPath(path: string): string {
  return path.replace(/[^\x21-\x7e]/g, (sign) => encodeURIComponent(sign.toWellFormed()))
}

function readCookies(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.map((line): [string, string] => {
      const [, name = '', value = ''] = /^([^=;]*)=([^;]*)/.exec(line) ?? []
      return [name, value]
    }),
  )
}
