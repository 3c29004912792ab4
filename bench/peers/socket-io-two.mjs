// One of two processes that share socket.io's rooms over Redis: either may hold the sockets, and either may emit. Each
// socket joins a room of its own, as the pages of one person would.
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-adapter'
import { createClient } from 'redis'
import { Server } from 'socket.io'
import { payload, serve } from './protocol.mjs'

const [url] = process.argv.slice(2)
const publisher = createClient({ url })
const subscriber = publisher.duplicate()
await Promise.all([publisher.connect(), subscriber.connect()])

let count = 0
const server = createServer()
const io = new Server(server, {
  transports: ['websocket'],
  perMessageDeflate: false,
  adapter: createAdapter(publisher, subscriber),
})
io.on('connection', (socket) => {
  socket.join(`user:${count}`)
  count += 1
})
server.listen(0, '127.0.0.1', 8_192, () => {
  serve({
    port: server.address().port,
    count: () => count,
    push: (index) => io.to(`user:${index}`).emit('credits', JSON.parse(payload())),
  })
})
