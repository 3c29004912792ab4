import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { percentile } from '../measure.ts'
import { NAME, PEOPLE, TEXT } from './people.ts'
import type { Slice } from './slice.ts'

export interface WebhookTarget {
  url: string
  secret: string
}

/** Keep-alive connections of a client that does as little as one can: whatever it costs is taken from the server. */
export interface WebhookLoad {
  /** Each connection sends an update, waits for its 200 and sends the next. */
  run(seconds: number): Promise<Slice>
  close(): void
}

let updates = 0

export async function openWebhookLoad({ url, secret }: WebhookTarget, inFlight: number): Promise<WebhookLoad> {
  const { hostname, port, host } = new URL(url)
  const sockets = Array.from({ length: inFlight }, () => connect({ host: hostname, port: Number(port), noDelay: true }))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const requestOf = (person: number) => {
    const body = JSON.stringify(updateOf(person))
    const head = [
      'POST /telegram/webhook HTTP/1.1',
      `Host: ${host}`,
      `X-Telegram-Bot-Api-Secret-Token: ${secret}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ]
    return `${head.join('\r\n')}\r\n\r\n${body}`
  }
  return {
    run: (seconds) => runSlice(sockets, requestOf, seconds),
    close: () => sockets.forEach((socket) => void socket.destroy()),
  }
}

async function runSlice(sockets: Socket[], requestOf: (person: number) => string, seconds: number): Promise<Slice> {
  const timesMs: number[] = []
  const start = performance.now()
  const end = start + seconds * 1000
  await Promise.all(
    sockets.map(async (socket) => {
      for (let now = performance.now(); now < end; ) {
        await post(socket, requestOf(1 + Math.floor(Math.random() * PEOPLE)))
        const then = now
        now = performance.now()
        timesMs.push(now - then)
      }
    }),
  )
  const perSecond = (timesMs.length * 1000) / (performance.now() - start)
  return { perSecond, p99Ms: percentile(timesMs, 0.99), cpuMicrosEach: null }
}

/** An answer without a body comes in one piece. */
function post(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('data', (answer) => {
      if (answer.subarray(9, 12).toString('latin1') === '200') resolve()
      else reject(new Error(`the webhook answered ${answer.subarray(0, 40).toString('latin1')}`))
    })
    socket.write(request)
  })
}

/** What Telegram sends when somebody writes (Bot API, Update). */
function updateOf(person: number): object {
  updates += 1
  return {
    update_id: updates,
    message: {
      message_id: updates,
      from: { id: person, is_bot: false, first_name: NAME, language_code: 'ru' },
      chat: { id: person, first_name: NAME, type: 'private' },
      date: Math.floor(Date.now() / 1000),
      text: TEXT,
    },
  }
}
