// Server-sent events on node:http and nothing else: what no product can be leaner than.
import { createServer } from 'node:http'
import { payload, serve } from './protocol.mjs'

const responses = []
const server = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write('retry: 1000\n\n')
  responses.push(response)
})
server.listen(0, '127.0.0.1', 8_192, () => {
  serve({
    port: server.address().port,
    count: () => responses.length,
    push: (index) => responses[index].write(`event: credits\ndata: ${payload()}\n\n`),
  })
})
