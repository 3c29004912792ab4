import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { payload, serve } from './protocol.mjs'

const sockets = []
const server = createServer()
new Server(server, { transports: ['websocket'], perMessageDeflate: false }).on('connection', (socket) =>
  sockets.push(socket),
)
server.listen(0, '127.0.0.1', 8_192, () => {
  serve({
    port: server.address().port,
    count: () => sockets.length,
    push: (index) => sockets[index].emit('credits', JSON.parse(payload())),
  })
})
