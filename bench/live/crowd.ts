import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

// The readers: a process of its own, so that their work is not counted as the server's. They know just enough of each
// protocol to be answered by it, and read when a payload was made.
type Way = 'sse' | 'ws' | 'socket.io'

const AT_ONCE = 200
const MADE_AT = /"basic":(\d+(?:\.\d+)?),/g
/** A payload may come in two pieces: as much is kept of the first. */
const PIECE_MAX = 100
const WEBSOCKET = () =>
  `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n`

const ASKING: Record<Way, (index: number) => string> = {
  sse: (index) => `GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${index}\r\n\r\n`,
  ws: () => `GET / HTTP/1.1\r\nHost: localhost\r\n${WEBSOCKET()}\r\n`,
  'socket.io': () => `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n${WEBSOCKET()}\r\n`,
}
/** What says that a connection is open for good. */
const OPENED: Record<Way, string> = { sse: 'retry:', ws: '101', 'socket.io': '40{' }

const delaysMs: number[] = []
const sockets: Socket[] = []

process.on('message', async (order: { kind: string; port: number; count: number; way: Way }) => {
  if (order.kind === 'open') {
    for (let from = 0; from < order.count; from += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, order.count - from) }, (_, at) => open(order, from + at))
      await Promise.all(some)
    }
    process.send?.({ kind: 'opened' })
  }
  if (order.kind === 'delays') process.send?.({ kind: 'delays', delaysMs: delaysMs.splice(0) })
  if (order.kind === 'close') {
    for (const socket of sockets.splice(0)) socket.destroy()
    process.send?.({ kind: 'closed' })
  }
})
process.on('disconnect', () => process.exit(0))

function open({ port, way }: { port: number; way: Way }, index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(ASKING[way](index)))
    let greeted = false
    let rest = ''
    socket.on('error', reject)
    socket.on('data', (data) => {
      const text = data.toString('latin1')
      if (way === 'socket.io') answer(socket, text)
      if (!greeted && text.includes(OPENED[way])) {
        greeted = true
        sockets.push(socket)
        resolve()
      }
      const now = performance.timeOrigin + performance.now()
      const said = rest + text
      let read = 0
      for (const match of said.matchAll(MADE_AT)) {
        delaysMs.push(now - Number(match[1]))
        read = match.index + match[0].length
      }
      rest = said.slice(read).slice(-PIECE_MAX)
    })
  })
}

/** Engine.IO: its open packet is answered by joining, its ping by a pong. */
function answer(socket: Socket, text: string): void {
  if (text.includes('"upgrades"')) socket.write(frame('40'))
  else if (text.endsWith('\x812') || text.endsWith('\x81\x012')) socket.write(frame('3'))
}

/** A masked text frame (RFC 6455, 5.2). */
function frame(text: string): Buffer {
  const mask = randomBytes(4)
  const content = Buffer.from(text).map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  return Buffer.concat([Buffer.of(0x81, 0x80 | content.length), mask, content])
}
